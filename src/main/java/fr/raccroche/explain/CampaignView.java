package fr.raccroche.explain;

import fr.raccroche.campaign.AttemptPlan.Limit;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.DayPart;
import fr.raccroche.campaign.PlanSetting;
import fr.raccroche.dialing.CallingRules;
import fr.raccroche.dialing.CallingRules.Answer;
import fr.raccroche.dialing.CallingRules.Check;
import fr.raccroche.dialing.CallingRules.Facts;
import fr.raccroche.dialing.CallingRules.Moment;
import fr.raccroche.dialing.CallingRules.Rule;
import fr.raccroche.dialing.LedgerEntry;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberOwner;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A campaign that has a youth: what its rules say about a call now, and the attempts so far. */
record CampaignView(
        long campaignId,
        String campaign,
        YouthState state,
        boolean now,
        Next next,
        List<Reason> reasons,
        List<Try> attempts,
        int maxAttempts) {

    /** How often and how often at most. */
    record Count(int used, int of) {}

    /**
     * What one rule says.
     *
     * @param until when it would let the call pass; null when it does, or time does not change it
     * @param event whether it waits for something that no clock brings
     * @param count for limits only
     */
    record Reason(
            Rule rule,
            boolean passes,
            @Nullable Instant until,
            boolean event,
            @Nullable Count count) {}

    /**
     * When the youth can be called.
     *
     * @param from null when not any more
     * @param because the rules that wait for an event, or that refuse for good
     */
    record Next(@Nullable Instant from, List<Rule> because) {}

    /**
     * One attempt; {@code n} is null when it does not count, {@code result} while it goes on.
     *
     * @param noted its id when an agent recorded what came of it
     * @param inbound whether the youth rang us
     */
    record Try(
            @Nullable Long noted,
            @Nullable Integer n,
            Instant at,
            DayPart part,
            @Nullable AttemptResult result,
            NumberOwner owner,
            boolean inbound) {}

    /** How many of the ten are used. */
    public int used() {
        return (int) attempts.stream().filter(attempt -> attempt.n() != null).count();
    }

    /** What stands in the way, the rest being as it should. */
    public List<Reason> refusals() {
        return reasons.stream().filter(reason -> !reason.passes()).toList();
    }

    /** What the rules answer about a youth at {@code now}, with the attempts of this campaign out of the ledger. */
    static CampaignView of(CallingRules rules, Facts facts, List<LedgerEntry> ledger, Instant now) {
        Campaign campaign = facts.campaign();
        Next next = next(rules.nextCallable(facts, now));
        return new CampaignView(
                campaign.id(),
                campaign.name(),
                facts.standing().state(),
                now.equals(next.from()) && next.because().isEmpty(),
                next,
                rules.checks(facts, now).stream()
                        .map(check -> reason(check, facts, now))
                        .toList(),
                ledger.stream()
                        .filter(entry -> entry.campaignId() == campaign.id())
                        .map(entry -> new Try(
                                entry.noted(),
                                entry.n(),
                                entry.at(),
                                campaign.planSettings().partOf(entry.at()),
                                entry.result(),
                                entry.owner(),
                                entry.inbound()))
                        .toList(),
                campaign.maxAttempts());
    }

    private static Next next(Moment moment) {
        return switch (moment) {
            case Moment.At at -> new Next(at.at(), List.of());
            case Moment.After after -> new Next(after.at(), after.rules());
            case Moment.Over never -> new Next(null, never.rules());
        };
    }

    private static Reason reason(Check check, Facts facts, Instant now) {
        return new Reason(
                check.rule(),
                check.passes(),
                check.until(),
                check.answer() instanceof Answer.AfterEvent,
                count(check.rule(), facts, now));
    }

    private static @Nullable Count count(Rule rule, Facts facts, Instant now) {
        return switch (rule) {
            case ATTEMPTS_USED ->
                new Count(facts.past().size(), facts.campaign().maxAttempts());
            case YEAR_CAP -> count(Limit.YEAR, PlanSetting.PER_YEAR, facts, now);
            case MONTH_CAP -> count(Limit.MONTH, PlanSetting.PER_MONTH, facts, now);
            case WEEK_CAP -> count(Limit.WEEK, PlanSetting.PER_WEEK, facts, now);
            case DAY_CAP -> count(Limit.DAY, PlanSetting.PER_DAY, facts, now);
            default -> null;
        };
    }

    private static @Nullable Count count(Limit limit, PlanSetting setting, Facts facts, Instant now) {
        int most = facts.campaign().planSettings().get(setting);
        return most == 0 ? null : new Count(facts.campaign().plan().used(limit, facts.history(), now), most);
    }
}
