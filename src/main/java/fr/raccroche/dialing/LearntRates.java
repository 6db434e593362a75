package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptPlan.Next;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.ContactRates;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What the ledger of all campaigns taught about reaching people, read again from time to time. */
@ApplicationScoped
class LearntRates {

    private final Database database;
    private final DialingConfig config;
    private final RandomGenerator random;
    private final Clock clock;
    private volatile ContactRates rates = ContactRates.NONE;

    LearntRates(Database database, DialingConfig config, RandomGenerator random, Clock clock) {
        this.config = config;
        this.random = random;
        this.clock = clock;
        this.database = database;
    }

    /** What the campaign's plan has next for a youth, at the part of the day when people like them answer most. */
    Next next(CallingRules.Facts facts, Instant now) {
        Campaign campaign = facts.campaign();
        Phone phone = facts.phone();
        var chance = rates.chance(campaign.planSettings(), facts.past().size() + 1, phone != null && phone.mobile());
        return campaign.plan().next(facts.history(), now, config.margin(), chance, random);
    }

    @Scheduled(
            every = "${raccroche.dialing.learning}",
            skipExecutionIf = Scheduled.ApplicationNotRunning.class,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> learn() {
        return database.inTransaction(sql -> read(sql, clock.instant()))
                .invoke(learnt -> rates = learnt)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(Nothing.but("Contact rates were not read"));
    }

    private static final String[] TALKS = Arrays.stream(AttemptResult.values())
            .filter(AttemptResult::isTalk)
            .map(AttemptResult::name)
            .toArray(String[]::new);

    /** How often a person spoke, of attempts alike, over the last year. */
    static Uni<ContactRates> read(Sql sql, Instant now) {
        return sql.query("""
                        select cast(extract(hour from coalesce(a.rang_at, a.planned_at) at time zone 'Europe/Paris') as integer)
                                   as hour,
                               a.n, p.mobile, count(*) as tried,
                               count(*) filter (where a.result = any(cast(:talks as text[]))) as reached
                        from call_attempt a join phone_number p on p.id = a.phone_id
                        where a.n is not null and a.closed_at is not null
                          and a.planned_at > cast(:now as timestamptz) - interval '365 days'
                        group by 1, 2, 3""")
                .set("now", now)
                .set("talks", TALKS)
                .list(row -> new ContactRates.Cell(
                        row.integer("hour"), row.integer("n"), row.flag("mobile"), row.id("tried"), row.id("reached")))
                .map(ContactRates::new);
    }
}
