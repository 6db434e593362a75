package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.ShownNumbers;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextTemplate;
import fr.raccroche.campaign.TextTemplate.Field;
import fr.raccroche.dialing.TextPlans.Planned;
import fr.raccroche.dialing.TextPlans.Reader;
import fr.raccroche.dialing.TextRules.TextVerdict;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Noes;
import fr.raccroche.queue.PlannedTexts;
import fr.raccroche.sms.Texts;
import fr.raccroche.youth.GivenName;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.YouthMessages;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Texts in step with the calls. An occasion is planned in the transaction that makes it; when it is due, the rules are
 * asked in the transaction that writes the text. So a text is written once or never, whatever dies in between.
 */
@ApplicationScoped
public class Texting {

    private static final int MOST_AT_ONCE = 50;
    private static final int MOST_ROUNDS = 20;
    private static final Duration LATE_AFTER = Duration.ofMinutes(5);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);
    private static final Duration PHONE_WAS_OFF = Duration.ofHours(4);
    private static final Duration WE_WERE_AWAY = Duration.ofHours(1);

    private final Database database;
    private final Outbox outbox;
    private final Queue queue;
    private final Campaigns campaigns;
    private final TextPlans plans;
    private final Texts texts;
    private final YouthMessages words;
    private final Clock clock;

    Texting(
            Database database,
            Outbox outbox,
            Queue queue,
            Campaigns campaigns,
            TextPlans plans,
            Texts texts,
            YouthMessages words,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.queue = queue;
        this.campaigns = campaigns;
        this.plans = plans;
        this.texts = texts;
        this.words = words;
        this.clock = clock;
    }

    /** Plans what the end of an attempt gives occasion to. */
    Uni<Void> plan(Sql sql, Candidate candidate, AttemptResult result, NextPlace place, Instant now) {
        Campaign campaign = candidate.facts().campaign();
        return plan(
                sql, campaign.id(), candidate.youthId(), Occasion.after(candidate.facts(), result, place, now), now);
    }

    /** Plans the reminder of a call that the youth asked for. */
    public Uni<Void> remind(Sql sql, Campaign campaign, long youthId, Instant callAt, Instant now) {
        return plan(sql, campaign.id(), youthId, Occasion.reminder(campaign.texts(), callAt, now), now);
    }

    private Uni<Void> plan(Sql sql, long campaignId, long youthId, Optional<Occasion> occasion, Instant now) {
        return occasion.map(it -> plans.add(sql, campaignId, youthId, it, now)).orElseGet(() -> Nothing.happens());
    }

    @Scheduled(
            every = "${raccroche.dialing.texts}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return tick(clock.instant());
    }

    /** One look at what is due and at what failed. */
    Uni<Void> tick(Instant now) {
        return tellLate(now).chain(() -> writeDue(MOST_ROUNDS, now)).chain(() -> follow(now));
    }

    /** Plans a word for whoever was promised a call for a moment at which no agent was free. */
    private Uni<Void> tellLate(Instant now) {
        return database.inTransaction(sql -> Callbacks.late(sql, now.minus(LATE_AFTER), now)
                .chain(late -> InTurn.each(
                        late,
                        call -> plans.add(
                                sql, call.campaignId(), call.youthId(), Occasion.late(call.dueAt(), now), now))));
    }

    /** Writes what is due and allowed, in so many rounds at most. */
    private Uni<Void> writeDue(int rounds, Instant now) {
        return database.inTransaction(sql -> plans.due(sql, MOST_AT_ONCE, now))
                .chain(due -> InTurn.each(due, id -> write(id, now))
                        .chain(() -> due.size() < MOST_AT_ONCE || rounds == 1
                                ? Nothing.happens()
                                : writeDue(rounds - 1, now)));
    }

    private Uni<Void> write(long id, Instant now) {
        return database.inTransaction(sql -> plans.lock(sql, id)
                        .chain(planned -> planned == null ? Uni.createFrom().item(false) : decide(sql, planned, now)))
                .invoke(written -> {
                    if (written) {
                        outbox.nudge(Outbox.SMS_TO_SEND);
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    Log.warnf(failure, "Text %d could not be written. Will be tried again.", id);
                    return database.inTransaction(sql -> PlannedTexts.postpone(sql, id, now.plus(AFTER_FAILURE)));
                });
    }

    /** Whether a text was written. */
    private Uni<Boolean> decide(Sql sql, Planned planned, Instant now) {
        return campaigns
                .byId(sql, planned.campaignId())
                .chain(campaign -> queue.peekFacts(sql, campaign, planned.youthId(), now)
                        .chain(facts -> plans.reader(sql, planned.campaignId(), planned.youthId())
                                .chain(reader -> act(
                                        sql,
                                        planned,
                                        reader,
                                        new TextRules.TextFacts(
                                                facts,
                                                planned.occasion(),
                                                reader.callAt(),
                                                reader.withoutTexts(),
                                                reader.sent()),
                                        now))));
    }

    private Uni<Boolean> act(Sql sql, Planned planned, Reader reader, TextRules.TextFacts facts, Instant now) {
        return switch (TextRules.decide(facts, now)) {
            case TextVerdict.Write write ->
                PlannedTexts.written(sql, planned.id(), now)
                        .chain(() -> ShownNumbers.shownTo(sql, facts.youth().campaign(), planned.youthId()))
                        .chain(shown -> texts.queue(
                                sql,
                                facts.youth().campaign(),
                                planned.youthId(),
                                write.phone().e164(),
                                planned.occasion().name(),
                                body(facts, reader, shown),
                                now));
            case TextVerdict.WriteLater later ->
                PlannedTexts.postpone(sql, planned.id(), later.at()).replaceWith(false);
            case TextVerdict.WriteNever never ->
                PlannedTexts.drop(sql, planned.id(), never.rule(), now).replaceWith(false);
        };
    }

    /** Complete but for the personal link: its token is made when the text leaves, and never stored. */
    private String body(TextRules.TextFacts facts, Reader reader, String shown) {
        Campaign campaign = facts.youth().campaign();
        return template(facts)
                .render(new TextTemplate.Values(
                        GivenName.of(reader.firstName()),
                        shown,
                        Field.LIEN.written(),
                        campaign.texts().service(),
                        facts.occasion().about(),
                        facts.zone()));
    }

    /** Whoever cannot be called any more is offered no call. */
    private TextTemplate template(TextRules.TextFacts facts) {
        boolean last = facts.kind() == TextKind.FALLBACK && facts.noMoreCalls();
        return facts.occasion().isLate()
                ? new TextTemplate(words.lateCall())
                : last
                        ? new TextTemplate(words.lastFallback())
                        : facts.youth().campaign().texts().template(facts.kind());
    }

    /** Learns from texts that did not arrive, each once. */
    private Uni<Void> follow(Instant now) {
        return database.inTransaction(sql -> texts.failed(sql, MOST_AT_ONCE).chain(failed -> follow(sql, failed, now)));
    }

    private Uni<Void> follow(Sql sql, List<Texts.Failed> all, Instant now) {
        return InTurn.each(all, failed -> follow(sql, failed, now));
    }

    private Uni<Void> follow(Sql sql, Texts.Failed failed, Instant now) {
        return switch (failed.why()) {
            case OBJECTION ->
                Noes.byText(sql, failed.e164(), RestReason.STOP_AT_THE_NETWORK, "", now)
                        .chain(youths -> InTurn.each(youths, youth -> texts.cancel(sql, youth)));
            case NO_SUCH_NUMBER, NO_TEXTS -> texts.learn(sql, failed).chain(() -> again(sql, failed, now, now));
            case LATER -> again(sql, failed, now.plus(PHONE_WAS_OFF), now);
            case OURS -> {
                Log.errorf("A text failed for a reason of ours (see the campaign's page of texts).");
                yield again(sql, failed, now.plus(WE_WERE_AWAY), now);
            }
            case UNEXPLAINED -> Nothing.happens();
        };
    }

    private Uni<Void> again(Sql sql, Texts.Failed failed, Instant at, Instant now) {
        String name = failed.occasion();
        return name == null
                ? Nothing.happens()
                : plans.occasion(sql, failed.campaignId(), failed.youthId(), name)
                        .chain(occasion -> plan(
                                sql,
                                failed.campaignId(),
                                failed.youthId(),
                                Optional.ofNullable(occasion).flatMap(it -> it.again(at)),
                                now));
    }
}
