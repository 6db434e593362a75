package fr.raccroche.simulator;

import static fr.raccroche.simulator.TestingWorld.OUR_NUMBER;
import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.base.ResourceSet;
import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.Stance;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallsApiTest {

    private static final String MOBILE = "+33639980001";
    private static final String OTHER = "+33639980002";

    private TestingWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new TestingWorld(youth("1", Stance.IN_SOLUTION, line(MOBILE, Condition.WORKS)));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNewCallIsQueued() {
        Call call = call(MOBILE).create(world.twilio);
        assertThat(call.getSid()).matches("CA[0-9a-f]{32}");
        assertThat(call.getStatus()).isEqualTo(Call.Status.QUEUED);
        assertThat(call.getTo()).isEqualTo(MOBILE);
        assertThat(call.getFrom()).isEqualTo(OUR_NUMBER);
        assertThat(call.getDirection()).isEqualTo("outbound-api");
        assertThat(call.getDateCreated()).isEqualTo(ZonedDateTime.parse("2026-11-24T10:00:00Z"));
    }

    @Test
    void aCallCanBeReadWhileItGoesOn() {
        world.product.answer("/answer", "<Response><Pause length='60'/></Response>");
        Call call = call(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> fetch(call).getStatus() == Call.Status.IN_PROGRESS);
        world.passTimeUntil(() -> fetch(call).getStatus() == Call.Status.COMPLETED);
        assertThat(Integer.parseInt(fetch(call).getDuration())).isBetween(60, 90);
        assertThat(fetch(call).getEndTime()).isNotNull();
    }

    @Test
    void refusesWhatTwilioRefuses() {
        assertThat(refusal(call("0639980001"))).isEqualTo(21211);
        assertThat(refusal(Call.creator(new PhoneNumber(MOBILE), new PhoneNumber("+33199009999"), anUrl())))
                .isEqualTo(21210);
        assertThat(refusal(Call.creator(
                        new PhoneNumber(MOBILE), new PhoneNumber(OUR_NUMBER), URI.create("ftp://example.org/"))))
                .isEqualTo(21205);
        assertThat(world.simulator.isQuiet()).isTrue();
    }

    @Test
    void refusesAWrongPassword() {
        var stranger = world.client(TestingWorld.ACCOUNT, "wrong");
        ApiException refusal =
                catchThrowableOfType(ApiException.class, () -> call(MOBILE).create(stranger));
        assertThat(refusal.getStatusCode()).isEqualTo(401);
        assertThat(refusal.getCode()).isEqualTo(20003);
    }

    @Test
    void anApiKeyOpensTheAccountToo() {
        var keyed = world.client(TestingWorld.API_KEY, TestingWorld.API_SECRET);
        assertThat(call(MOBILE).create(keyed).getSid()).startsWith("CA");
    }

    @Test
    void anUnknownCallIsNotFound() {
        ApiException missing = catchThrowableOfType(
                ApiException.class,
                () -> Call.fetcher("CA00000000000000000000000000000000").fetch(world.twilio));
        assertThat(missing.getCode()).isEqualTo(20404);
    }

    @Test
    void callsAreListedNewestFirstAndFiltered() {
        String first = call(MOBILE).create(world.twilio).getSid();
        world.clock.advance(Duration.ofHours(1));
        String second = call(OTHER).create(world.twilio).getSid();
        ZonedDateTime between = ZonedDateTime.parse("2026-11-24T10:30:00Z");
        assertThat(sids(Call.reader().read(world.twilio))).containsExactly(second, first);
        assertThat(sids(Call.reader().setTo(new PhoneNumber(MOBILE)).read(world.twilio)))
                .containsExactly(first);
        assertThat(sids(Call.reader().setStartTimeAfter(between).read(world.twilio)))
                .containsExactly(second);
        assertThat(sids(Call.reader().setStartTimeBefore(between).read(world.twilio)))
                .containsExactly(first);
        assertThat(sids(Call.reader().setStatus(Call.Status.FAILED).read(world.twilio)))
                .isEmpty();
    }

    @Test
    void aLongListIsReadPageByPage() {
        for (int i = 0; i < 7; i++) {
            assertThat(call(MOBILE).create(world.twilio).getSid()).isNotNull();
        }
        assertThat(sids(Call.reader().pageSize(3).read(world.twilio)))
                .hasSize(7)
                .doesNotHaveDuplicates();
    }

    @Test
    void aCallNobodyAnsweredYetCanBeTakenBack() {
        Call call = call(MOBILE).create(world.twilio);
        assertThat(update(call, Call.UpdateStatus.CANCELED).getStatus()).isEqualTo(Call.Status.CANCELED);
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(world.simulator.isQuiet()).isTrue();
        assertThat(world.simulator.ledger().rings()).isEmpty();
    }

    @Test
    void aCallInProgressCanBeHungUpButNotTakenBack() {
        world.product.answer("/answer", "<Response><Pause length='600'/></Response>");
        Call call = call(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> fetch(call).getStatus() == Call.Status.IN_PROGRESS);
        assertThat(update(call, Call.UpdateStatus.CANCELED).getStatus()).isEqualTo(Call.Status.IN_PROGRESS);
        assertThat(update(call, Call.UpdateStatus.COMPLETED).getStatus()).isEqualTo(Call.Status.COMPLETED);
    }

    @Test
    void aCallInProgressTakesNewInstructions() {
        world.product.answer("/answer", "<Response><Pause length='600'/></Response>");
        world.product.answer("/other", "<Response><Say>Au revoir</Say></Response>");
        Call call = call(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> fetch(call).getStatus() == Call.Status.IN_PROGRESS);
        Call redirected = Call.updater(call.getSid())
                .setUrl(URI.create(world.product.url("/other")))
                .update(world.twilio);
        assertThat(redirected.getStatus()).isEqualTo(Call.Status.IN_PROGRESS);
        world.passTimeUntil(() -> fetch(call).getStatus() == Call.Status.COMPLETED);
        ApiException late = catchThrowableOfType(
                ApiException.class,
                () -> Call.updater(call.getSid())
                        .setTwiml(new Twiml("<Response><Hangup/></Response>"))
                        .update(world.twilio));
        assertThat(late.getCode()).isEqualTo(21220);
    }

    @Test
    void aFaultBeforeCreationLeavesNoCallAndOneAfterDoes() {
        world.simulator.knobs().failNext(1, Fault.INTERNAL_ERROR, Moment.BEFORE_CREATION);
        assertThat(refusal(call(MOBILE))).isEqualTo(20500);
        assertThat(sids(Call.reader().read(world.twilio))).isEmpty();
        world.simulator.knobs().failNext(1, Fault.CLOSE, Moment.AFTER_CREATION);
        assertThat(catchThrowableOfType(ApiException.class, () -> call(MOBILE).create(world.twilio)))
                .isNotNull();
        assertThat(sids(Call.reader().read(world.twilio))).hasSize(1);
        world.passTimeUntil(() -> world.simulator.ledger().ringCount() == 1);
    }

    private CallCreator call(String to) {
        return Call.creator(new PhoneNumber(to), new PhoneNumber(OUR_NUMBER), anUrl());
    }

    private URI anUrl() {
        return URI.create(world.product.url("/answer"));
    }

    private int refusal(CallCreator creator) {
        return catchThrowableOfType(ApiException.class, () -> creator.create(world.twilio))
                .getCode();
    }

    private Call fetch(Call call) {
        return Call.fetcher(call.getSid()).fetch(world.twilio);
    }

    private Call update(Call call, Call.UpdateStatus status) {
        return Call.updater(call.getSid()).setStatus(status).update(world.twilio);
    }

    private static List<String> sids(ResourceSet<Call> calls) {
        return StreamSupport.stream(calls.spliterator(), false)
                .map(Call::getSid)
                .toList();
    }
}
