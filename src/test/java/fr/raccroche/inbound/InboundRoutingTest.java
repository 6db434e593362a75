package fr.raccroche.inbound;

import static fr.raccroche.dialing.TestingFacts.NOW;
import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.paris;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.CallingRules;
import fr.raccroche.dialing.TestingFacts;
import fr.raccroche.inbound.InboundRouting.Decision;
import fr.raccroche.inbound.InboundRouting.Facts;
import fr.raccroche.inbound.InboundRouting.File;
import fr.raccroche.inbound.InboundRouting.Reason;
import fr.raccroche.queue.YouthState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundRoutingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final CallingRules RULES = new CallingRules(Duration.ofMinutes(2));

    private static File file(long campaign, long youth, @Nullable Long triedBy) {
        return new File(campaign, youth, true, triedBy == null ? null : NOW.minusSeconds(3600), triedBy, false);
    }

    private static File inHand(File file) {
        return new File(file.campaignId(), file.youthId(), file.shows(), file.triedAt(), file.triedBy(), true);
    }

    private static Campaign campaign() {
        return callable().facts().campaign();
    }

    private static Decision decide(List<File> files, List<Long> ready, Duration waited) {
        return InboundRouting.decide(new Facts(files, campaign(), ready, waited), PATIENCE, NOW);
    }

    @Test
    void whoLastTriedAnswersIfTheyCan() {
        File file = file(1, 7, 12L);

        assertThat(decide(List.of(file), List.of(10L, 11L, 12L), Duration.ZERO))
                .isEqualTo(new Decision.Connect(List.of(12L, 10L, 11L), file));
        assertThat(decide(List.of(file), List.of(10L, 11L), Duration.ZERO))
                .isEqualTo(new Decision.Connect(List.of(10L, 11L), file));
    }

    @Test
    void severalFilesAndNoneAreForTheAgentToTellApart() {
        File sister = file(1, 7, 12L);
        File brother = file(1, 8, null);

        assertThat(decide(List.of(sister, brother), List.of(10L, 12L), Duration.ZERO))
                .isEqualTo(new Decision.Connect(List.of(12L, 10L), null));
        assertThat(decide(List.of(), List.of(10L), Duration.ZERO)).isEqualTo(new Decision.Connect(List.of(10L), null));
        assertThat(decide(List.of(inHand(sister), brother), List.of(10L), Duration.ZERO))
                .isInstanceOf(Decision.Connect.class);
    }

    @Test
    void aYouthWhomAnAgentHasAlreadyWaits() {
        assertThat(decide(List.of(inHand(file(1, 7, 12L))), List.of(10L), Duration.ZERO))
                .isEqualTo(new Decision.Wait(false));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "44, true", "45, false", "300, false"})
    void whoFindsNobodyWaitsALittleAndIsOfferedSomethingElse(int seconds, boolean waits) {
        File file = file(1, 7, null);
        Decision decision = decide(List.of(file), List.of(), Duration.ofSeconds(seconds));

        assertThat(decision).isEqualTo(waits ? new Decision.Wait(true) : new Decision.Offer(Reason.BUSY, file));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:59, CLOSED",
        "2026-11-24T10:00, ''",
        "2026-11-24T13:00, CLOSED",
        "2026-11-24T19:59, ''",
        "2026-11-24T20:00, CLOSED",
        "2026-11-28T11:00, CLOSED",
        "2026-12-25T11:00, CLOSED",
        "2027-02-01T11:00, CLOSED"
    })
    void outsideTheHoursNobodyAnswersAndTheHoursAreSaid(String moment, String reason) {
        var facts = new Facts(List.of(), campaign(), List.of(10L), Duration.ZERO);
        Decision decision = InboundRouting.decide(facts, PATIENCE, paris(moment));

        assertThat(decision)
                .isEqualTo(
                        reason.isEmpty()
                                ? new Decision.Connect(List.of(10L), null)
                                : new Decision.Offer(Reason.valueOf(reason), null));
    }

    @Test
    void aNumberOfNoOpenCampaignIsNotAnswered() {
        assertThat(InboundRouting.decide(new Facts(List.of(), null, List.of(), Duration.ZERO), PATIENCE, NOW))
                .isEqualTo(new Decision.Offer(Reason.NO_CAMPAIGN, null));
    }

    @Test
    void aPausedCampaignStillAnswers() {
        var paused = callable().state(Campaign.State.PAUSED).facts().campaign();

        assertThat(InboundRouting.decide(new Facts(List.of(), paused, List.of(10L), Duration.ZERO), PATIENCE, NOW))
                .isInstanceOf(Decision.Connect.class);
    }

    @Test
    void aYouthOfSeveralCampaignsIsInTheOneThatShowsTheNumber() {
        File elsewhere = new File(3, 7, false, NOW, 12L, false);
        File shown = new File(2, 7, true, null, null, false);
        File later = new File(1, 7, true, NOW.minusSeconds(60), 9L, false);

        assertThat(InboundRouting.onePerYouth(List.of(elsewhere, shown))).containsExactly(shown);
        assertThat(InboundRouting.onePerYouth(List.of(elsewhere, shown, later))).containsExactly(later);
        assertThat(InboundRouting.campaign(List.of(elsewhere), List.of(5L))).isEqualTo(3);
        assertThat(InboundRouting.campaign(List.of(), List.of(5L, 6L))).isEqualTo(5);
        assertThat(InboundRouting.campaign(List.of(), List.of())).isNull();
    }

    @Property
    void nobodyIsConnectedToSomebodyWhoIsNotReadyAndEverybodyGetsAnAnswer(
            @ForAll("files") List<File> files, @ForAll("agents") List<Long> ready, @ForAll("moments") Instant now) {
        var distinct = InboundRouting.onePerYouth(files);
        Decision decision =
                InboundRouting.decide(new Facts(distinct, campaign(), ready, Duration.ofSeconds(10)), PATIENCE, now);

        boolean open = campaign().covers(now) && campaign().hours().isOpen(now, Duration.ZERO);
        switch (decision) {
            case Decision.Connect connect -> {
                assertThat(open).isTrue();
                assertThat(connect.agents()).containsExactlyInAnyOrderElementsOf(ready);
                assertThat(connect.file() != null).isEqualTo(distinct.size() == 1);
            }
            case Decision.Wait wait -> assertThat(open).isTrue();
            case Decision.Offer offer -> assertThat(open).isFalse();
        }
    }

    /** The order in which the database tells them says nothing. */
    @Property
    void theFilesComeOutTheSameInAnyOrder(@ForAll("files") List<File> files) {
        var turned = new ArrayList<>(files);
        java.util.Collections.reverse(turned);

        assertThat(InboundRouting.onePerYouth(turned)).isEqualTo(InboundRouting.onePerYouth(files));
        assertThat(InboundRouting.onePerYouth(files)).extracting(File::youthId).doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<List<File>> files() {
        Arbitrary<Long> youths = Arbitraries.longs().between(1, 4);
        Arbitrary<Instant> times = Arbitraries.integers().between(0, 5).map(hours -> NOW.minusSeconds(3600L * hours));
        return Combinators.combine(
                        youths,
                        Arbitraries.of(true, false),
                        times.injectNull(0.3),
                        Arbitraries.longs().between(10, 14),
                        Arbitraries.of(true, false))
                .as((youth, shows, tried, agent, inHand) ->
                        new File(0, youth, shows, tried, tried == null ? null : agent, inHand))
                .list()
                .ofMaxSize(5)
                .map(list -> IntStream.range(0, list.size())
                        .mapToObj(i -> new File(
                                i + 1,
                                list.get(i).youthId(),
                                list.get(i).shows(),
                                list.get(i).triedAt(),
                                list.get(i).triedBy(),
                                list.get(i).inHand()))
                        .toList());
    }

    @Provide
    Arbitrary<List<Long>> agents() {
        return Arbitraries.longs().between(10, 20).list().uniqueElements().ofMaxSize(5);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.integers()
                .between(0, 100 * 24 * 4)
                .map(quarters -> paris("2026-11-01T00:00").plusSeconds(900L * quarters));
    }

    @Test
    void whoAsksIsCalledAtOnceOrWhenTheHoursOpen() {
        assertThat(RULES.callbackAt(callable().facts(), NOW)).isEqualTo(NOW);
        Instant night = paris("2026-11-24T21:00");
        assertThat(RULES.callbackAt(callable().facts(), night)).isEqualTo(paris("2026-11-25T10:00"));
        assertThat(RULES.callbackAt(callable().youth(YouthState.NO_REFERRAL).facts(), NOW))
                .as("it is they who ask")
                .isEqualTo(NOW);
    }

    @Test
    void whoObjectedOrUsedUpTheTenIsNotCalledBack() {
        assertThat(RULES.callbackAt(callable().objected().facts(), NOW)).isNull();
        assertThat(RULES.callbackAt(callable().withdrawn().facts(), NOW)).isNull();
        assertThat(RULES.callbackAt(callable().born(LocalDate.of(2011, 5, 5)).facts(), NOW))
                .isNull();
        assertThat(RULES.callbackAt(
                        callable()
                                .atMost(1)
                                .past(TestingFacts.past(
                                        "2026-11-20T10:00", AttemptResult.NO_ANSWER, TestingFacts.MOBILE))
                                .facts(),
                        NOW))
                .isNull();
    }
}
