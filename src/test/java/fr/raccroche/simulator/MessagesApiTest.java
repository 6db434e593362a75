package fr.raccroche.simulator;

import static fr.raccroche.simulator.TestingWorld.OUR_NUMBER;
import static fr.raccroche.simulator.TestingWorld.eventually;
import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import fr.raccroche.simulator.TestingProduct.Received;
import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.Stance;
import fr.raccroche.simulator.people.Texting;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesApiTest {

    private static final String QUIET = "+33639980001";
    private static final String SAYS_STOP = "+33639980002";
    private static final String GONE = "+33639980003";
    private static final String OFF = "+33639980004";

    private TestingWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new TestingWorld(
                youth("quiet", Stance.IN_SOLUTION, line(QUIET, Condition.WORKS)),
                youth("stop", Stance.OBJECTS, Texting.STOP, line(SAYS_STOP, Condition.WORKS)),
                youth("gone", Stance.IN_SOLUTION, line(GONE, Condition.NOT_IN_SERVICE)),
                youth("off", Stance.IN_SOLUTION, line(OFF, Condition.NOBODY)));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aTextIsSentAndDelivered() {
        Message message =
                text(QUIET).setStatusCallback(world.product.url("/status")).create(world.twilio);
        assertThat(message.getSid()).matches("SM[0-9a-f]{32}");
        assertThat(message.getStatus()).isEqualTo(Message.Status.QUEUED);
        world.passTimeUntil(() -> world.product.received("/status").size() == 2);
        assertThat(world.product.received("/status"))
                .allMatch(Received::genuine)
                .extracting(event -> event.field("MessageStatus"))
                .containsExactlyInAnyOrder("sent", "delivered");
        assertThat(Message.fetcher(message.getSid()).fetch(world.twilio).getStatus())
                .isEqualTo(Message.Status.DELIVERED);
    }

    @Test
    void aTextToANumberOutOfServiceIsNotDelivered() {
        Message message =
                text(GONE).setStatusCallback(world.product.url("/status")).create(world.twilio);
        world.passTimeUntil(() -> world.product.received("/status").size() == 2);
        Message later = Message.fetcher(message.getSid()).fetch(world.twilio);
        assertThat(later.getStatus()).isEqualTo(Message.Status.UNDELIVERED);
        assertThat(later.getErrorCode()).isIn(30005, 30006);
    }

    @ParameterizedTest
    @CsvSource({"30003, undelivered", "30007, undelivered", "30034, undelivered", "21610, failed"})
    void aTextMayEndAsTheTestSays(int code, String status) {
        world.simulator.knobs().failTexts(QUIET, code);
        assertThat(text(QUIET)
                        .setStatusCallback(world.product.url("/status"))
                        .create(world.twilio)
                        .getSid())
                .isNotNull();
        world.passTimeUntil(() -> world.product.received("/status").size() == 2);
        assertThat(world.product.received("/status"))
                .filteredOn(event -> !event.field("MessageStatus").equals("sent"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.field("MessageStatus")).isEqualTo(status);
                    assertThat(event.field("ErrorCode")).isEqualTo(String.valueOf(code));
                });
    }

    @Test
    void aPhoneThatIsOffMayBeOnAgainAtTheNextText() {
        for (int i = 0; i < 20; i++) {
            assertThat(text(OFF)
                            .setStatusCallback(world.product.url("/off"))
                            .create(world.twilio)
                            .getSid())
                    .isNotNull();
        }
        world.passTimeUntil(() -> world.product.received("/off").size() == 40);
        assertThat(world.product.received("/off").stream()
                        .filter(event -> !event.field("MessageStatus").equals("sent"))
                        .map(event -> event.field("MessageStatus") + event.field("ErrorCode"))
                        .distinct())
                .containsExactlyInAnyOrder("delivered", "undelivered30003");
    }

    @Test
    void aStartLiftsTheStop() {
        world.simulator.receiveText(QUIET, OUR_NUMBER, "STOP");
        assertThat(refusal(text(QUIET))).isEqualTo(21610);
        world.simulator.receiveText(QUIET, OUR_NUMBER, " start");
        assertThat(text(QUIET).create(world.twilio).getSid()).isNotNull();
    }

    @Test
    void textsAfterAnAcknowledgedObjectionAreCounted() {
        assertThat(text(SAYS_STOP).create(world.twilio).getSid()).isNotNull();
        assertThat(world.simulator.ledger().figures().textsAfterObjection()).isZero();
        world.simulator.ledger().objectionAcknowledged("stop", world.clock.instant());
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(text(SAYS_STOP).create(world.twilio).getSid()).isNotNull();
        assertThat(world.simulator.ledger().figures().textsAfterObjection()).isEqualTo(1);
    }

    @Test
    void refusesWhatTwilioRefuses() {
        assertThat(refusal(text("0639980001"))).isEqualTo(21211);
        assertThat(refusal(text("+33199000002"))).isEqualTo(21635);
        assertThat(refusal(Message.creator(new PhoneNumber(QUIET), new PhoneNumber("+33199009999"), "Bonjour")))
                .isEqualTo(21606);
        assertThat(refusal(Message.creator(new PhoneNumber(QUIET), new PhoneNumber(OUR_NUMBER), "a".repeat(1_601))))
                .isEqualTo(21617);
    }

    @Test
    void aStopIsDeliveredAndBlocksTheNextText() {
        assertThat(text(SAYS_STOP).create(world.twilio).getSid()).isNotNull();
        world.passTimeUntil(
                Duration.ofSeconds(30), () -> !world.product.received("/sms").isEmpty());
        assertThat(world.product.received("/sms")).singleElement().satisfies(reply -> {
            assertThat(reply.genuine()).isTrue();
            assertThat(reply.field("Body")).isEqualTo("STOP");
            assertThat(reply.field("From")).isEqualTo(SAYS_STOP);
            assertThat(reply.field("To")).isEqualTo(OUR_NUMBER);
        });
        eventually(() -> world.simulator.ledger().objections().containsKey("stop"));
        assertThat(refusal(text(SAYS_STOP))).isEqualTo(21610);
    }

    @Test
    void anObjectionTheProductDidNotAcknowledgeIsNotOne() {
        world.product.answerStatus("/sms", 503);
        world.simulator.receiveText(SAYS_STOP, OUR_NUMBER, "Stop");
        eventually(() -> world.simulator.errorCount(11200) == 1);
        assertThat(world.simulator.ledger().objections()).isEmpty();
    }

    @Test
    void textsAreListedByRecipient() {
        assertThat(text(QUIET).create(world.twilio).getSid()).isNotNull();
        assertThat(text(GONE).create(world.twilio).getSid()).isNotNull();
        assertThat(StreamSupport.stream(
                        Message.reader()
                                .setTo(new PhoneNumber(GONE))
                                .read(world.twilio)
                                .spliterator(),
                        false))
                .singleElement()
                .satisfies(message -> assertThat(message.getBody()).isEqualTo("Bonjour"));
    }

    private MessageCreator text(String to) {
        return Message.creator(new PhoneNumber(to), new PhoneNumber(OUR_NUMBER), "Bonjour");
    }

    private int refusal(MessageCreator creator) {
        return catchThrowableOfType(ApiException.class, () -> creator.create(world.twilio))
                .getCode();
    }
}
