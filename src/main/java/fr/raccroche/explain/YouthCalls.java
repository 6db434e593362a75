package fr.raccroche.explain;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.AttemptPlan.Limit;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.DayPart;
import fr.raccroche.campaign.PlanSetting;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.CallingRules;
import fr.raccroche.dialing.CallingRules.Answer;
import fr.raccroche.dialing.CallingRules.Check;
import fr.raccroche.dialing.CallingRules.Facts;
import fr.raccroche.dialing.CallingRules.Moment;
import fr.raccroche.dialing.CallingRules.Rule;
import fr.raccroche.dialing.Dialer;
import fr.raccroche.dialing.LedgerEntry;
import fr.raccroche.dialing.Queue;
import fr.raccroche.dialing.Settlement;
import fr.raccroche.dialing.TextPlans;
import fr.raccroche.personal.SelfReport;
import fr.raccroche.personal.SelfReports;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.YouthState;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.sms.PersonalLinks;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.YouthFile;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a youth is called now, or is not: the answer of the rules themselves, for people who ask. Supervisors may ask about
 * everybody, agents about those whom they called or whose campaign they work for; others do not exist for them.
 */
@ApplicationScoped
class YouthCalls {

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
     * @param inbound whether the youth rang us
     */
    record Try(
            @Nullable Integer n,
            Instant at,
            DayPart part,
            @Nullable AttemptResult result,
            NumberOwner owner,
            boolean inbound) {}

    /** A campaign that has the youth. */
    record Place(
            long campaignId,
            String campaign,
            YouthState state,
            boolean now,
            Next next,
            List<Reason> reasons,
            List<Try> attempts,
            int maxAttempts) {

        /** How many of the ten are used. */
        public int used() {
            return (int)
                    attempts.stream().filter(attempt -> attempt.n() != null).count();
        }

        /** What stands in the way, the rest being as it should. */
        public List<Reason> refusals() {
            return reasons.stream().filter(reason -> !reason.passes()).toList();
        }
    }

    /**
     * All that is to say about the calls and texts to a youth.
     *
     * @param objectionToLift whether they objected and this person may undo that
     * @param linkToRevoke whether they have a page of their own that this person may close
     */
    record Explanation(
            YouthFile youth,
            int age,
            Instant now,
            List<Place> places,
            List<TextPlans.Line> texts,
            List<SelfReport> reports,
            boolean objectionToLift,
            boolean linkToRevoke) {}

    private static final int LONGEST_REASON = 500;

    private final Database database;
    private final Attempts attempts;
    private final Queue queue;
    private final Campaigns campaigns;
    private final TextPlans plans;
    private final SelfReports reports;
    private final PersonalLinks links;
    private final Settlement settlement;
    private final Dialer dialer;
    private final Clock clock;
    private final CallingRules rules;

    YouthCalls(
            Database database,
            Attempts attempts,
            Queue queue,
            Campaigns campaigns,
            TextPlans plans,
            SelfReports reports,
            PersonalLinks links,
            Settlement settlement,
            Dialer dialer,
            Clock clock,
            CallingRules rules) {
        this.database = database;
        this.attempts = attempts;
        this.queue = queue;
        this.campaigns = campaigns;
        this.plans = plans;
        this.reports = reports;
        this.links = links;
        this.settlement = settlement;
        this.dialer = dialer;
        this.clock = clock;
        this.rules = rules;
    }

    /** Explains; fails with 404 when there is no such youth for this person. */
    Uni<Explanation> explain(Account account, long youthId) {
        Instant now = clock.instant();
        Long agent = account.role() == Role.SUPERVISOR ? null : account.id();
        return database.inTransaction(sql -> queue.campaignsOf(sql, youthId, agent)
                .chain(theirs -> theirs.isEmpty() && agent != null
                        ? Uni.createFrom().failure(unknown())
                        : Youths.file(sql, youthId)
                                .chain(youth -> youth == null
                                        ? Uni.createFrom().failure(unknown())
                                        : AccessLog.record(
                                                        sql,
                                                        account,
                                                        AccessAction.YOUTH_CALLS_VIEWED,
                                                        "youth:" + youthId)
                                                .chain(() -> explain(sql, youth, theirs, agent == null, now)))));
    }

    private Uni<Explanation> explain(Sql sql, YouthFile youth, List<Long> theirs, boolean supervisor, Instant now) {
        int age = youth.age(now.atZone(PARIS).toLocalDate()).years();
        return attempts.ledger(sql, youth.id())
                .chain(ledger -> places(sql, theirs, youth.id(), ledger, now))
                .chain(places -> plans.lines(sql, youth.id())
                        .chain(texts -> SelfReports.of(sql, youth.id())
                                .chain(said -> links.isOpen(sql, youth.id(), now)
                                        .map(open -> new Explanation(
                                                youth,
                                                age,
                                                now,
                                                places,
                                                texts,
                                                said,
                                                youth.objected() && supervisor,
                                                open && supervisor)))));
    }

    /** Closes the youth's own page, for example because the phone is in other hands. */
    Uni<Void> revokeLinks(Account account, long youthId) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> links.revoke(sql, youthId, now)
                .chain(() -> AccessLog.record(sql, account, AccessAction.PERSONAL_LINKS_REVOKED, "youth:" + youthId)));
    }

    /**
     * Undoes an objection that was recorded by mistake: the youth is called again wherever it had ended that. Fails with 400
     * without a reason; when no objection stands, nothing changes.
     */
    Uni<Void> liftObjection(Account account, long youthId, String reason) {
        if (reason.length() > LONGEST_REASON) {
            throw Problem.badRequest("reason-too-long", "Ce motif dépasse 500 caractères.");
        }
        Instant now = clock.instant();
        return database.inTransaction(sql -> Youths.liftObjection(sql, youthId, account.id(), reason, now)
                        .chain(lifted -> lifted
                                ? settlement
                                        .reopen(sql, youthId, now)
                                        .chain(() -> AccessLog.record(
                                                sql, account, AccessAction.OBJECTION_LIFTED, "youth:" + youthId))
                                : Nothing.happens()))
                .invoke(dialer::nudge);
    }

    private static Problem unknown() {
        return Problem.notFound("Ce jeune n'existe pas, ou pas pour vous.");
    }

    /** Finds youths by name, number or INE, for supervisors. */
    Uni<List<Youths.Found>> search(Account account, String text, int most) {
        return database.inTransaction(sql -> AccessLog.record(sql, account, AccessAction.YOUTHS_SEARCHED, null)
                .chain(() -> Youths.search(sql, text, most)));
    }

    private Uni<List<Place>> places(
            Sql sql, List<Long> campaignIds, long youthId, List<LedgerEntry> ledger, Instant now) {
        Uni<List<Place>> all = Uni.createFrom().item(List.of());
        for (long id : campaignIds) {
            all = all.chain(before -> campaigns
                    .byId(sql, id)
                    .chain(campaign -> queue.peekFacts(sql, campaign, youthId))
                    .map(facts -> with(before, facts, ledger, now)));
        }
        return all;
    }

    private List<Place> with(List<Place> before, @Nullable Facts facts, List<LedgerEntry> ledger, Instant now) {
        var places = new ArrayList<>(before);
        if (facts != null) {
            places.add(place(facts, ledger, now));
        }
        return List.copyOf(places);
    }

    private Place place(Facts facts, List<LedgerEntry> ledger, Instant now) {
        Campaign campaign = facts.campaign();
        Next next = next(rules.nextCallable(facts, now));
        return new Place(
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
            case Moment.Never never -> new Next(null, never.rules());
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
