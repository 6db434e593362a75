package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.MOTHER;
import static fr.raccroche.dialing.TestingFacts.NOW;
import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.in;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.dialing.TestingFacts.past;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSetting;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.campaign.TextSettings.Letter;
import fr.raccroche.campaign.TextTemplate;
import fr.raccroche.dialing.TextRules.Sent;
import fr.raccroche.dialing.TextRules.TextRule;
import fr.raccroche.dialing.TextRules.TextVerdict;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.NumberState;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextRulesTest {

    static final TextSettings ALL = all();
    private static final Instant FIRST = paris("2026-11-24T17:00");
    private static final Instant ASKED = paris("2026-11-24T11:30");

    private static TextSettings all() {
        TextSettings texts = TextSettings.fallback("Bonjour");
        for (TextKind kind : TextKind.values()) {
            texts = texts.with(kind, new Letter(true, new TextTemplate("Bonjour {prenom}")));
        }
        return texts;
    }

    private static Occasion occasion(TextKind kind) {
        return switch (kind) {
            case ANNOUNCEMENT -> new Occasion(kind, "ANNOUNCEMENT", NOW, FIRST);
            case FALLBACK -> new Occasion(kind, "FALLBACK 3", NOW, NOW);
            case VOICEMAIL -> new Occasion(kind, "VOICEMAIL 1", NOW, NOW);
            case REMINDER -> new Occasion(kind, "REMINDER 1", NOW, ASKED);
        };
    }

    private static TextRules.TextFacts facts(TestingFacts youth, TextKind kind, Sent... sent) {
        boolean reminder = kind == TextKind.REMINDER;
        return new TextRules.TextFacts(
                (reminder ? youth.callbackAsked().youth(YouthState.CALLBACK) : youth).facts(),
                occasion(kind),
                reminder ? ASKED : null,
                Set.of(),
                List.of(sent));
    }

    private static TestingFacts youth() {
        return callable().texts(ALL);
    }

    private static TextVerdict decide(TestingFacts youth, Sent... sent) {
        return TextRules.decide(facts(youth, TextKind.FALLBACK, sent), NOW);
    }

    private static void assertNever(TextRule rule, TestingFacts youth) {
        assertThat(decide(youth)).isEqualTo(new TextVerdict.WriteNever(rule));
    }

    private static void assertLater(TextRule rule, Instant at, TestingFacts youth) {
        assertThat(decide(youth)).isEqualTo(new TextVerdict.WriteLater(rule, at));
    }

    @ParameterizedTest
    @EnumSource(TextKind.class)
    void nothingSpeaksAgainstIt(TextKind kind) {
        assertThat(TextRules.decide(facts(youth(), kind), NOW)).isEqualTo(new TextVerdict.Write(MOBILE));
    }

    @Test
    void eachRuleRefusesByItself() {
        assertNever(TextRule.OBJECTION, youth().objected());
        assertNever(TextRule.WITHDRAWN, youth().withdrawn());
        assertNever(TextRule.SETTLED, youth().youth(YouthState.IN_SOLUTION));
        assertNever(TextRule.UNDER_16, youth().born(LocalDate.of(2010, 11, 25)));
        assertNever(TextRule.CAMPAIGN_NOT_OPEN, youth().state(Campaign.State.CLOSED));
        assertNever(TextRule.CAMPAIGN_DATES, youth().from(LocalDate.of(2026, 11, 2), LocalDate.of(2026, 11, 23)));
        assertNever(
                TextRule.SWITCHED_OFF,
                youth().texts(ALL.with(TextKind.FALLBACK, new Letter(false, ALL.template(TextKind.FALLBACK)))));
        assertNever(TextRule.SPOKEN_TO, youth().past(past("2026-11-23T18:00", AttemptResult.THIRD_PARTY, MOTHER)));
        assertNever(TextRule.OPEN_REPLY, youth().replyUnread());
        assertNever(TextRule.OPEN_REPLY, youth().callbackAsked());
        assertNever(TextRule.NO_MOBILE, youth().phones(MOTHER));
        assertNever(TextRule.NO_MOBILE, youth().phones(in(MOBILE, NumberState.WRONG)));
        assertLater(TextRule.CAMPAIGN_NOT_OPEN, NOW.plus(TextRules.AFTER_EVENT), youth().state(Campaign.State.DRAFT));
        assertLater(TextRule.CAMPAIGN_PAUSED, NOW.plus(TextRules.AFTER_EVENT), youth().state(Campaign.State.PAUSED));
        assertLater(TextRule.IN_HAND, NOW.plus(TextRules.AFTER_EVENT), youth().inHand());
        assertLater(
                TextRule.CAMPAIGN_DATES,
                paris("2026-11-25T00:00"),
                youth().from(LocalDate.of(2026, 11, 26), LocalDate.of(2026, 12, 23)));
    }

    @Test
    void whoWasNeverReachedMayBeToldAfterTheLastCall() {
        TestingFacts unreachable = youth().youth(YouthState.UNREACHABLE);

        assertThat(decide(unreachable)).isEqualTo(new TextVerdict.Write(MOBILE));
        assertThat(TextRules.decide(facts(unreachable, TextKind.VOICEMAIL), NOW))
                .isEqualTo(new TextVerdict.WriteNever(TextRule.SETTLED));
    }

    @Test
    void aNumberThatTakesNoTextsIsNotWrittenTo() {
        var youth = youth().phones(MOBILE, TestingFacts.phone(9, "+33639980009", NumberOwner.YOUTH));
        var facts = facts(youth, TextKind.FALLBACK);

        assertThat(TextRules.decide(
                        new TextRules.TextFacts(facts.youth(), facts.occasion(), null, Set.of(MOBILE.id()), List.of()),
                        NOW))
                .isInstanceOfSatisfying(
                        TextVerdict.Write.class,
                        write -> assertThat(write.phone().id()).isEqualTo(9));
        assertThat(TextRules.decide(
                        new TextRules.TextFacts(
                                facts.youth(), facts.occasion(), null, Set.of(MOBILE.id(), 9L), List.of()),
                        NOW))
                .isEqualTo(new TextVerdict.WriteNever(TextRule.NO_MOBILE));
    }

    @Test
    void theNumberOnWhichAPersonSpokeGoesFirst() {
        Phone spoken = in(TestingFacts.phone(9, "+33639980009", NumberOwner.YOUTH), NumberState.VALID);

        assertThat(decide(youth().phones(MOBILE, spoken))).isEqualTo(new TextVerdict.Write(spoken));
    }

    @Test
    void aTextOfTheSameOccasionWentOut() {
        assertThat(decide(youth(), new Sent("FALLBACK 3", NOW.minus(Duration.ofDays(9)), true)))
                .isEqualTo(new TextVerdict.WriteNever(TextRule.ALREADY_SENT));
        assertThat(decide(youth(), new Sent("FALLBACK 3 again", NOW.minus(Duration.ofDays(9)), true)))
                .isEqualTo(new TextVerdict.WriteNever(TextRule.ALREADY_SENT));
        assertThat(decide(youth(), new Sent("FALLBACK 3", NOW.minus(Duration.ofDays(9)), false)))
                .as("in another campaign")
                .isEqualTo(new TextVerdict.Write(MOBILE));
    }

    @Test
    void textsAreFewAndFarBetween() {
        Instant yesterday = paris("2026-11-23T14:00");
        assertThat(decide(youth(), new Sent(null, yesterday, false)))
                .isEqualTo(new TextVerdict.WriteLater(TextRule.GAP, yesterday.plus(Duration.ofHours(24))));
        Sent[] four = new Sent[4];
        for (int i = 0; i < 4; i++) {
            four[i] = new Sent("OTHER " + i, NOW.minus(Duration.ofDays(3 + i)), true);
        }
        assertThat(decide(youth(), four)).isEqualTo(new TextVerdict.WriteNever(TextRule.CAP));
        assertThat(TextRules.decide(facts(youth(), TextKind.REMINDER, new Sent(null, NOW, true)), NOW))
                .as("a reminder was asked for")
                .isEqualTo(new TextVerdict.Write(MOBILE));
    }

    @ParameterizedTest
    @CsvSource({
        "ANNOUNCEMENT, 2026-11-24T16:59, true",
        "ANNOUNCEMENT, 2026-11-25T10:00, false",
        "REMINDER, 2026-11-24T11:29, true",
        "REMINDER, 2026-11-24T11:30, false",
        "FALLBACK, 2026-11-28T09:59, true",
        "FALLBACK, 2026-11-28T10:00, false",
        "VOICEMAIL, 2026-11-28T10:00, false"
    })
    void anOccasionPasses(TextKind kind, String at, boolean inTime) {
        TextVerdict verdict = TextRules.decide(facts(youth(), kind), paris(at));

        assertThat(verdict)
                .isEqualTo(inTime ? new TextVerdict.Write(MOBILE) : new TextVerdict.WriteNever(TextRule.TOO_LATE));
    }

    @Test
    void aCallThatWasMovedIsNotRecalled() {
        var facts = facts(youth(), TextKind.REMINDER);

        for (Instant moved : new @Nullable Instant[] {null, paris("2026-11-24T18:00")}) {
            assertThat(TextRules.decide(
                            new TextRules.TextFacts(facts.youth(), facts.occasion(), moved, Set.of(), List.of()), NOW))
                    .isEqualTo(new TextVerdict.WriteNever(TextRule.TOO_LATE));
        }
    }

    @Test
    void anAnnouncementComesBeforeTheFirstCallOrNotAtAll() {
        var called = youth().past(past("2026-11-23T18:00", AttemptResult.NO_ANSWER, MOBILE));

        assertThat(TextRules.decide(facts(called, TextKind.ANNOUNCEMENT), NOW))
                .isEqualTo(new TextVerdict.WriteNever(TextRule.TOO_LATE));
    }

    @Test
    void whatWouldHaveToWaitTooLongIsNotWritten() {
        assertThat(TextRules.decide(
                        facts(youth(), TextKind.ANNOUNCEMENT, new Sent(null, NOW, false)), NOW.plusSeconds(60)))
                .as("the gap ends after the first call")
                .isEqualTo(new TextVerdict.WriteNever(TextRule.TOO_LATE));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T07:59, 2026-11-24T08:00",
        "2026-11-24T19:58, 2026-11-25T08:00",
        "2026-11-24T23:00, 2026-11-25T08:00",
        "2026-11-28T21:00, 2026-11-30T08:00",
        "2026-11-29T12:00, 2026-11-30T08:00",
        "2026-12-25T12:00, 2026-12-26T08:00",
        "2027-01-01T12:00, 2027-01-02T08:00"
    })
    void theNightSundaysAndHolidaysAreQuiet(String at, String later) {
        var occasion = new Occasion(TextKind.FALLBACK, "FALLBACK 3", paris(at), paris(at));

        assertThat(TextRules.decide(
                        new TextRules.TextFacts(youth().facts(), occasion, null, Set.of(), List.of()), paris(at)))
                .isEqualTo(new TextVerdict.WriteLater(TextRule.QUIET_HOURS, paris(later)));
    }

    @Test
    void aReaderOverseasIsWrittenToInTheirOwnHours() {
        Phone guadeloupe = TestingFacts.phone(3, "+590690000016", NumberOwner.YOUTH);

        assertLater(TextRule.QUIET_HOURS, paris("2026-11-24T13:00"), youth().phones(guadeloupe));
    }

    @Test
    void aTextThatFailedIsOpenForAWhileForANewNumber() {
        var facts = new TextRules.TextFacts(
                youth().facts(),
                new Occasion(TextKind.FALLBACK, "FALLBACK 3 again", NOW, NOW),
                null,
                Set.of(MOBILE.id()),
                List.of());

        assertThat(TextRules.decide(facts, NOW))
                .isEqualTo(new TextVerdict.WriteLater(TextRule.NO_MOBILE, paris("2026-11-24T11:00")));
    }

    /** From before the change to summer time to after the change to winter time, whatever is asked for. */
    @Property
    void nobodyIsWrittenToInQuietHours(
            @ForAll TextKind kind, @ForAll @LongRange(min = 0, max = 400 * 24 * 60) long minute) {
        Instant now = paris("2026-11-03T00:00").plus(Duration.ofMinutes(minute));
        var whole = youth().from(LocalDate.of(2026, 11, 2), LocalDate.of(2028, 1, 29))
                .born(LocalDate.of(2009, 3, 14));
        Instant about = kind == TextKind.REMINDER ? now.plus(Duration.ofHours(2)) : now;
        var asked = kind == TextKind.REMINDER ? whole.callbackAsked().youth(YouthState.CALLBACK) : whole;
        var facts =
                new TextRules.TextFacts(asked.facts(), new Occasion(kind, "x", now, about), about, Set.of(), List.of());

        TextVerdict verdict = TextRules.decide(facts, now);

        if (verdict instanceof TextVerdict.Write) {
            assertThat(isLoud(now)).isTrue();
        } else if (verdict instanceof TextVerdict.WriteLater later) {
            assertThat(later.rule()).isEqualTo(TextRule.QUIET_HOURS);
            assertThat(isLoud(now)).isFalse();
            assertThat(isLoud(later.at())).isTrue();
            assertThat(isLoud(later.at().minus(Duration.ofMinutes(1)))).isFalse();
        } else {
            assertThat(isLoud(now))
                    .as("a reminder or announcement that would come too late")
                    .isFalse();
        }
    }

    private static boolean isLoud(Instant at) {
        ZonedDateTime local = at.atZone(PARIS);
        LocalTime time = local.toLocalTime();
        return local.getDayOfWeek() != DayOfWeek.SUNDAY
                && !FrenchCalendar.isPublicHoliday(local.toLocalDate())
                && !time.isBefore(LocalTime.of(8, 0))
                && time.isBefore(LocalTime.of(19, 58));
    }

    /** Whatever is asked for in any order: cap, gap and one a occasion hold. */
    @Property
    void neverTwiceForOneOccasionAndNeverTooMany(
            @ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> names,
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 90) Integer> hours) {
        var sent = new ArrayList<Sent>();
        Instant now = NOW;
        for (int i = 0; i < Math.min(names.size(), hours.size()); i++) {
            now = now.plus(Duration.ofHours(hours.get(i)));
            var occasion = new Occasion(TextKind.FALLBACK, "FALLBACK " + names.get(i), now, now);
            var facts = new TextRules.TextFacts(
                    youth().from(LocalDate.of(2026, 11, 2), LocalDate.of(2028, 1, 29))
                            .facts(),
                    occasion,
                    null,
                    Set.of(),
                    sent);
            if (TextRules.decide(facts, now) instanceof TextVerdict.Write) {
                sent.add(new Sent(occasion.name(), now, true));
            }
        }
        assertThat(sent).extracting(Sent::occasion).doesNotHaveDuplicates();
        assertThat(sent).hasSizeLessThanOrEqualTo(TextSetting.PER_YOUTH.knob().usual());
        for (int i = 1; i < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i - 1).at(), sent.get(i).at()))
                    .isGreaterThanOrEqualTo(Duration.ofHours(24));
        }
    }
}
