package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSetting;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.NumberPlace;
import fr.raccroche.youth.NumberState;
import fr.raccroche.youth.TelephoneState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * May this youth be written to now, for this occasion? If not, why, and when? One list of rules in order, as for calls:
 * the same decides and explains.
 */
public final class TextRules {

    /**
     * What the rules look at.
     *
     * @param youth the same as for calls
     * @param occasion what the text is for
     * @param callAt the call that the youth asked for and that is still to come; null for none
     * @param withoutTexts ids of numbers that no text reaches
     * @param sent texts to this youth that arrived, or may have, or are on their way
     */
    record TextFacts(
            CallingRules.Facts youth,
            Occasion occasion,
            @Nullable Instant callAt,
            Set<Long> withoutTexts,
            List<Sent> sent) {

        TextFacts {
            withoutTexts = Set.copyOf(withoutTexts);
            sent = List.copyOf(sent);
        }

        TextSettings texts() {
            return youth.campaign().texts();
        }

        TextKind kind() {
            return occasion.kind();
        }

        /** The youth's own mobile: the one that a person answered before the others; null for none. */
        @Nullable
        Phone mobile() {
            return mobiles()
                    .filter(phone -> phone.telephone().state() == TelephoneState.USABLE)
                    .min(Comparator.comparing(phone -> phone.state() != NumberState.VALID))
                    .orElse(null);
        }

        /** Whether they have a mobile, and it is left alone. */
        boolean mobileRests() {
            return mobile() == null && mobiles().findAny().isPresent();
        }

        /** Whether all attempts are used. */
        boolean noMoreCalls() {
            return youth.standing().state().isFinal()
                    || youth.past().size() >= youth.campaign().maxAttempts();
        }

        /** The time that the reader's clock keeps. */
        ZoneId zone() {
            Phone mobile = mobile();
            return mobile == null ? PARIS : NumberPlace.zone(mobile.e164());
        }

        private Stream<Phone> mobiles() {
            return youth.phones().stream()
                    .filter(phone -> phone.owner() == NumberOwner.YOUTH && phone.mobile() && phone.isUsable())
                    .filter(phone -> !withoutTexts.contains(phone.id()));
        }
    }

    /**
     * An earlier text.
     *
     * @param occasion null for a text of no occasion
     * @param here whether this campaign wrote it
     */
    record Sent(@Nullable String occasion, Instant at, boolean here) {}

    /** Why not, in the order in which the rules are asked. */
    public enum TextRule {
        OBJECTION,
        WITHDRAWN,
        /** The campaign is done with this youth; who was never reached may still be told so. */
        SETTLED,
        UNDER_16,
        CAMPAIGN_NOT_OPEN,
        CAMPAIGN_PAUSED,
        CAMPAIGN_DATES,
        /** The campaign does not write on this occasion any more. */
        SWITCHED_OFF,
        /** The occasion is over: the call was made, moved or dropped, or days have passed. */
        TOO_LATE,
        /** A person spoke to them: the rest is said on the phone. */
        SPOKEN_TO,
        /** They answered, or asked for a call. */
        OPEN_REPLY,
        ALREADY_SENT,
        /** Somebody on this telephone said no, or it is to be looked at. */
        NUMBER_RESTS,
        NO_MOBILE,
        CAP,
        IN_HAND,
        GAP,
        QUIET_HOURS
    }

    /** The answer. */
    sealed interface TextVerdict {

        /** Write to this number. */
        record Write(Phone phone) implements TextVerdict {}

        /** Not now; ask again at {@code at}. */
        record WriteLater(TextRule rule, Instant at) implements TextVerdict {}

        /** Not any more. */
        record WriteNever(TextRule rule) implements TextVerdict {}
    }

    private interface TextQuestion {
        /** Null when nothing speaks against it. */
        @Nullable
        TextVerdict ask(TextFacts facts, Instant now);
    }

    private record NamedTextRule(TextRule rule, TextQuestion question) {}

    /** Sending takes a moment. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    /** What waits for an event is looked at again after this. */
    static final Duration AFTER_EVENT = Duration.ofMinutes(10);

    /** How often it is looked whether somebody has a number for texts now. */
    private static final Duration NEW_NUMBER = Duration.ofHours(1);

    private static final List<NamedTextRule> RULES = List.of(
            never(TextRule.OBJECTION, facts -> facts.youth().objected()),
            never(TextRule.WITHDRAWN, facts -> facts.youth().standing().withdrawn()),
            never(TextRule.SETTLED, TextRules::settled),
            new NamedTextRule(TextRule.UNDER_16, TextRules::underSixteen),
            new NamedTextRule(TextRule.CAMPAIGN_NOT_OPEN, TextRules::campaignState),
            event(TextRule.CAMPAIGN_PAUSED, facts -> facts.youth().campaign().state() == Campaign.State.PAUSED),
            new NamedTextRule(TextRule.CAMPAIGN_DATES, TextRules::campaignDates),
            never(
                    TextRule.SWITCHED_OFF,
                    facts -> !facts.texts().isOn(facts.kind())
                            && !facts.occasion().isLate()),
            new NamedTextRule(TextRule.TOO_LATE, TextRules::tooLate),
            never(
                    TextRule.SPOKEN_TO,
                    facts -> facts.kind() != TextKind.REMINDER && !Occasion.nobodyReached(facts.youth())),
            never(TextRule.OPEN_REPLY, TextRules::openReply),
            never(TextRule.ALREADY_SENT, TextRules::alreadySent),
            event(TextRule.NUMBER_RESTS, TextFacts::mobileRests),
            new NamedTextRule(TextRule.NO_MOBILE, TextRules::noMobile),
            never(TextRule.CAP, TextRules::capped),
            event(TextRule.IN_HAND, facts -> facts.youth().standing().inHand()),
            new NamedTextRule(TextRule.GAP, TextRules::gap),
            new NamedTextRule(TextRule.QUIET_HOURS, TextRules::quietHours));

    private TextRules() {}

    /** Decides for {@code now}: the first rule that refuses wins. What would have to wait too long is not written at all. */
    static TextVerdict decide(TextFacts facts, Instant now) {
        TextVerdict refused = refusals(facts, now).findFirst().orElse(null);
        Phone phone = facts.mobile();
        return switch (refused) {
            case TextVerdict.WriteLater later
            when later.at().isAfter(facts.occasion().expires()) -> new TextVerdict.WriteNever(TextRule.TOO_LATE);
            case TextVerdict other -> other;
            case null -> phone == null ? new TextVerdict.WriteNever(TextRule.NO_MOBILE) : new TextVerdict.Write(phone);
        };
    }

    /** Every rule that speaks against it now, in order. */
    static Stream<TextVerdict> refusals(TextFacts facts, Instant now) {
        return RULES.stream().map(named -> named.question().ask(facts, now)).filter(Objects::nonNull);
    }

    private static NamedTextRule never(TextRule rule, Predicate<TextFacts> refused) {
        return new NamedTextRule(rule, (facts, now) -> refused.test(facts) ? new TextVerdict.WriteNever(rule) : null);
    }

    private static NamedTextRule event(TextRule rule, Predicate<TextFacts> refused) {
        return new NamedTextRule(
                rule,
                (facts, now) -> refused.test(facts) ? new TextVerdict.WriteLater(rule, now.plus(AFTER_EVENT)) : null);
    }

    private static boolean settled(TextFacts facts) {
        YouthState state = facts.youth().standing().state();
        boolean mayBeTold = facts.kind() == TextKind.FALLBACK && state == YouthState.UNREACHABLE;
        return state.isFinal() && !mayBeTold;
    }

    private static @Nullable TextVerdict underSixteen(TextFacts facts, Instant now) {
        return now.atZone(PARIS)
                        .toLocalDate()
                        .isBefore(facts.youth().birthDate().plusYears(16))
                ? new TextVerdict.WriteNever(TextRule.UNDER_16)
                : null;
    }

    private static @Nullable TextVerdict campaignState(TextFacts facts, Instant now) {
        return switch (facts.youth().campaign().state()) {
            case DRAFT -> new TextVerdict.WriteLater(TextRule.CAMPAIGN_NOT_OPEN, now.plus(AFTER_EVENT));
            case CLOSED -> new TextVerdict.WriteNever(TextRule.CAMPAIGN_NOT_OPEN);
            case RUNNING, PAUSED -> null;
        };
    }

    /** An announcement may come the day before the campaign's first. */
    private static @Nullable TextVerdict campaignDates(TextFacts facts, Instant now) {
        Campaign campaign = facts.youth().campaign();
        Instant from = campaign.startsOn().minusDays(1).atStartOfDay(PARIS).toInstant();
        if (now.atZone(PARIS).toLocalDate().isAfter(campaign.endsOn())) {
            return new TextVerdict.WriteNever(TextRule.CAMPAIGN_DATES);
        }
        return now.isBefore(from) ? new TextVerdict.WriteLater(TextRule.CAMPAIGN_DATES, from) : null;
    }

    private static @Nullable TextVerdict tooLate(TextFacts facts, Instant now) {
        Occasion occasion = facts.occasion();
        boolean over = switch (occasion.kind()) {
            case ANNOUNCEMENT -> !facts.youth().past().isEmpty();
            case REMINDER -> !occasion.about().equals(facts.callAt());
            case FALLBACK, VOICEMAIL -> false;
        };
        return over || !now.isBefore(occasion.expires()) ? new TextVerdict.WriteNever(TextRule.TOO_LATE) : null;
    }

    private static boolean openReply(TextFacts facts) {
        CallingRules.Standing standing = facts.youth().standing();
        return facts.kind() != TextKind.REMINDER && (standing.replyUnread() || standing.callbackAsked());
    }

    /** A text that failed is open for a while: another number may come. */
    private static @Nullable TextVerdict noMobile(TextFacts facts, Instant now) {
        return facts.mobile() != null
                ? null
                : facts.occasion().isAgain()
                        ? new TextVerdict.WriteLater(TextRule.NO_MOBILE, now.plus(NEW_NUMBER))
                        : new TextVerdict.WriteNever(TextRule.NO_MOBILE);
    }

    private static boolean alreadySent(TextFacts facts) {
        String root = Occasion.root(facts.occasion().name());
        return facts.sent().stream()
                .filter(Sent::here)
                .map(Sent::occasion)
                .filter(Objects::nonNull)
                .anyMatch(occasion -> Occasion.root(occasion).equals(root));
    }

    private static boolean capped(TextFacts facts) {
        return facts.sent().stream().filter(Sent::here).count() >= facts.texts().get(TextSetting.PER_YOUTH);
    }

    private static @Nullable TextVerdict gap(TextFacts facts, Instant now) {
        Optional<Instant> free = facts.sent().stream()
                .map(Sent::at)
                .max(Comparator.naturalOrder())
                .map(last -> last.plus(facts.texts().time(TextSetting.GAP)));
        return facts.kind() != TextKind.REMINDER && free.filter(now::isBefore).isPresent()
                ? new TextVerdict.WriteLater(TextRule.GAP, free.get())
                : null;
    }

    private static @Nullable TextVerdict quietHours(TextFacts facts, Instant now) {
        CallingHours hours = facts.texts().hours();
        ZoneId zone = facts.zone();
        return hours.isOpenIn(zone, now, MARGIN)
                ? null
                : new TextVerdict.WriteLater(TextRule.QUIET_HOURS, hours.nextOpeningIn(zone, now, MARGIN));
    }
}
