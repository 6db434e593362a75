package fr.raccroche.explain;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.CallingRules;
import fr.raccroche.dialing.CallingRules.Facts;
import fr.raccroche.dialing.LedgerEntry;
import fr.raccroche.dialing.Queue;
import fr.raccroche.dialing.TextPlans;
import fr.raccroche.personal.SelfReports;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.sms.PersonalLinks;
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

    private final Database database;
    private final Attempts attempts;
    private final Queue queue;
    private final Campaigns campaigns;
    private final TextPlans plans;
    private final PersonalLinks links;
    private final Clock clock;
    private final CallingRules rules;

    YouthCalls(
            Database database,
            Attempts attempts,
            Queue queue,
            Campaigns campaigns,
            TextPlans plans,
            PersonalLinks links,
            Clock clock,
            CallingRules rules) {
        this.database = database;
        this.attempts = attempts;
        this.queue = queue;
        this.campaigns = campaigns;
        this.plans = plans;
        this.links = links;
        this.clock = clock;
        this.rules = rules;
    }

    /** Explains; fails with 404 when there is no such youth for this person. */
    Uni<Explanation> explain(Account account, long youthId) {
        Instant now = clock.instant();
        Long agent = account.role() == Role.SUPERVISOR ? null : account.id();
        return database.inTransaction(sql -> queue.campaignsOf(sql, youthId, agent)
                .chain(theirs -> {
                    if (theirs.isEmpty() && agent != null) {
                        throw unknown();
                    }
                    return file(sql, account, youthId).chain(youth -> explain(sql, youth, theirs, agent == null, now));
                }));
    }

    private static Uni<YouthFile> file(Sql sql, Account account, long youthId) {
        return Youths.file(sql, youthId)
                .onItem()
                .ifNull()
                .failWith(YouthCalls::unknown)
                .call(() -> AccessLog.record(sql, account, AccessAction.YOUTH_CALLS_VIEWED, "youth:" + youthId));
    }

    private Uni<Explanation> explain(Sql sql, YouthFile youth, List<Long> theirs, boolean supervisor, Instant now) {
        return attempts.ledger(sql, youth.id())
                .chain(ledger -> places(sql, theirs, youth.id(), ledger, now))
                .chain(places -> plans.lines(sql, youth.id())
                        .chain(texts -> said(sql, youth, new Calls(places, texts), supervisor, now)));
    }

    private record Calls(List<CampaignView> places, List<TextPlans.Line> texts) {}

    private Uni<Explanation> said(Sql sql, YouthFile youth, Calls calls, boolean supervisor, Instant now) {
        int age = youth.age(now.atZone(PARIS).toLocalDate()).years();
        return SelfReports.of(sql, youth.id())
                .chain(said -> links.isOpen(sql, youth.id(), now)
                        .map(open -> new Explanation(
                                youth,
                                age,
                                now,
                                calls.places(),
                                calls.texts(),
                                said,
                                youth.objected() && supervisor,
                                open && supervisor)));
    }

    private static Problem unknown() {
        return Problem.notFound("Ce jeune n'existe pas, ou pas pour vous.");
    }

    /** Finds youths by name, number or INE, for supervisors. */
    Uni<List<Youths.Found>> search(Account account, String text, int most) {
        return database.inTransaction(sql -> AccessLog.record(sql, account, AccessAction.YOUTHS_SEARCHED, null)
                .chain(() -> Youths.search(sql, text, most)));
    }

    private Uni<List<CampaignView>> places(
            Sql sql, List<Long> campaignIds, long youthId, List<LedgerEntry> ledger, Instant now) {
        Uni<List<CampaignView>> all = Uni.createFrom().item(List.of());
        for (long id : campaignIds) {
            all = all.chain(before -> campaigns
                    .byId(sql, id)
                    .chain(campaign -> queue.peekFacts(sql, campaign, youthId, now))
                    .map(facts -> with(before, facts, ledger, now)));
        }
        return all;
    }

    private List<CampaignView> with(
            List<CampaignView> before, @Nullable Facts facts, List<LedgerEntry> ledger, Instant now) {
        var places = new ArrayList<>(before);
        if (facts != null) {
            places.add(CampaignView.of(rules, facts, ledger, now));
        }
        return List.copyOf(places);
    }
}
