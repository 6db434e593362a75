package fr.raccroche.campaign;

import fr.raccroche.platform.Json;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Enrolment;
import fr.raccroche.queue.PlannedTexts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the database knows of campaigns. */
@ApplicationScoped
public class Campaigns {

    /** A list that a campaign can be made from. */
    record ListChoice(long id, String name, long people) {}

    /** A campaign with how far it is. */
    record Progress(Campaign campaign, String listName, long youths, long settled, long attempts) {}

    private final Json json;

    Campaigns(Json json) {
        this.json = json;
    }

    /** The campaign that a foreign key names. */
    public Uni<Campaign> byId(Sql sql, long id) {
        return sql.query("select * from campaign where id = :id").set("id", id).one(this::read);
    }

    /** The campaign that somebody asks for; {@link Problem} 404 when there is none. */
    public Uni<Campaign> required(Sql sql, long id) {
        return sql.query("select * from campaign where id = :id")
                .set("id", id)
                .first(this::read)
                .map(Campaigns::found);
    }

    private static <T> T found(@Nullable T campaign) {
        if (campaign == null) {
            throw unknown();
        }
        return campaign;
    }

    /** What somebody is told who asks for a campaign that is not there. */
    public static Problem unknown() {
        return Problem.notFound("Cette campagne n'existe pas.");
    }

    /** Campaigns that agents can join now. */
    public Uni<List<Campaign>> running(Sql sql) {
        return sql.query("select * from campaign where state = 'RUNNING' order by name")
                .list(this::read);
    }

    private static final String PROGRESS = """
            select c.*, l.name as list_name,
                   (select count(*) from campaign_youth y where y.campaign_id = c.id) as youths,
                   (select count(*) from campaign_youth y
                     where y.campaign_id = c.id and y.settled_at is not null) as settled,
                   (select count(*) from call_attempt a
                     where a.campaign_id = c.id and a.n is not null) as attempts
            from campaign c join dropout_list l on l.id = c.list_id
            """;

    /** All campaigns, newest first. */
    Uni<List<Progress>> all(Sql sql) {
        return sql.query(PROGRESS + "order by c.id desc").list(this::progress);
    }

    /** One campaign that somebody asks for; {@link Problem} 404 when there is none. */
    Uni<Progress> progress(Sql sql, long id) {
        return sql.query(PROGRESS + "where c.id = :id")
                .set("id", id)
                .first(this::progress)
                .map(Campaigns::found);
    }

    private Progress progress(Sql.Row row) {
        return new Progress(read(row), row.text("list_name"), row.id("youths"), row.id("settled"), row.id("attempts"));
    }

    Uni<List<ListChoice>> lists(Sql sql) {
        return sql.query("""
                        select l.id, l.name, (select count(*) from list_entry e
                                where e.list_id = l.id and e.withdrawn_by is null) as people
                        from dropout_list l order by l.id desc""").list(row -> new ListChoice(row.id("id"), row.text("name"), row.id("people")));
    }

    Uni<Long> add(Sql sql, Campaign draft, long author, Instant now) {
        CampaignWords.mistakes(draft).refuse();
        List<CallingHours.Span> spans = draft.hours().spans();
        return sql.query("""
                        insert into campaign (name, list_id, mode, starts_on, ends_on, max_attempts, days,
                            opens_1, closes_1, opens_2, closes_2, blocked_days, plan, caller_number, sms_sender, script, sms_text, texts,
                            created_by, created_at)
                        values (:name, :list, :mode, :startsOn, :endsOn, :maxAttempts, :days,
                            :opens1, :closes1, :opens2, :closes2, :blocked, :plan, :callerNumber, :smsSender, :script, :smsText, :texts,
                            :author, :now)
                        returning id""")
                .set("name", draft.name())
                .set("list", draft.listId())
                .set("mode", draft.mode())
                .set("startsOn", draft.startsOn())
                .set("endsOn", draft.endsOn())
                .set("maxAttempts", draft.maxAttempts())
                .set("days", draft.hours().storedDays())
                .set("opens1", spans.getFirst().opens())
                .set("closes1", spans.getFirst().closes())
                .set("opens2", spans.getLast().opens())
                .set("closes2", spans.getLast().closes())
                .set("blocked", draft.hours().storedBlocked())
                .set("plan", StoredPlan.write(json, draft.planSettings()))
                .set("callerNumber", draft.callerNumber())
                .set("smsSender", draft.smsSender())
                .set("script", draft.script())
                .set("smsText", draft.texts().template(TextKind.FALLBACK).text())
                .set("texts", StoredTexts.write(json, draft.texts()))
                .set("author", author)
                .set("now", now)
                .one(row -> row.id("id"));
    }

    /** Changes how attempts are spread, from each youth's next one on; false when the campaign is closed. */
    Uni<Boolean> replan(Sql sql, Campaign changed) {
        return sql.update("""
                        update campaign set plan = :plan, blocked_days = :blocked, max_attempts = :maxAttempts,
                               version = version + 1
                        where id = :id and state <> 'CLOSED'""")
                .set("plan", StoredPlan.write(json, changed.planSettings()))
                .set("blocked", changed.hours().storedBlocked())
                .set("maxAttempts", changed.maxAttempts())
                .set("id", changed.id())
                .count()
                .map(count -> count == 1);
    }

    /** Changes what the supervisor says of it, from the next call on; false when the campaign is closed. */
    Uni<Boolean> edit(Sql sql, Campaign changed) {
        CampaignWords.ofNameAndScript(changed).refuse();
        List<CallingHours.Span> spans = changed.hours().spans();
        return sql.update("""
                        update campaign set name = :name, starts_on = :startsOn, ends_on = :endsOn, days = :days,
                               opens_1 = :opens1, closes_1 = :closes1, opens_2 = :opens2, closes_2 = :closes2,
                               script = :script, version = version + 1
                        where id = :id and state <> 'CLOSED'""")
                .set("name", changed.name())
                .set("startsOn", changed.startsOn())
                .set("endsOn", changed.endsOn())
                .set("days", changed.hours().storedDays())
                .set("opens1", spans.getFirst().opens())
                .set("closes1", spans.getFirst().closes())
                .set("opens2", spans.getLast().opens())
                .set("closes2", spans.getLast().closes())
                .set("script", changed.script())
                .set("id", changed.id())
                .count()
                .map(count -> count == 1);
    }

    /** Deletes a draft with the numbers that it would have shown; false when it is no draft any more. */
    Uni<Boolean> delete(Sql sql, long id) {
        return sql.update("delete from campaign where id = :id and state = 'DRAFT'")
                .set("id", id)
                .count()
                .map(count -> count == 1);
    }

    /** Changes how calls are conducted, from the next one on; false when the campaign is closed. */
    Uni<Boolean> conduct(Sql sql, Campaign changed) {
        CampaignWords.ofModes(changed.modes()).refuse();
        return sql.update("""
                        update campaign set mode = :mode, preview_seconds = :reading, detects_machines = :detection,
                               voicemail_text = :voicemail, nobody_text = :nobody,
                               abandonment_permille = :target, version = version + 1
                        where id = :id and state <> 'CLOSED'""")
                .set("mode", changed.mode())
                .set("reading", (int) changed.modes().reading().toSeconds())
                .set("detection", changed.modes().detection())
                .set("voicemail", changed.modes().voicemail())
                .set("nobody", changed.modes().nobody())
                .set("target", (int) Math.round(changed.modes().target() * 1000))
                .set("id", changed.id())
                .count()
                .map(count -> count == 1);
    }

    /** Changes what is written, from each youth's next text on; false when the campaign is closed. */
    public Uni<Boolean> rewrite(Sql sql, long id, TextSettings texts) {
        CampaignWords.ofTexts(texts).refuse();
        return sql.update("""
                        update campaign set texts = :texts, sms_text = :fallback, version = version + 1
                        where id = :id and state <> 'CLOSED'""")
                .set("texts", StoredTexts.write(json, texts))
                .set("fallback", texts.template(TextKind.FALLBACK).text())
                .set("id", id)
                .count()
                .map(count -> count == 1);
    }

    /**
     * Plans the announcement for whoever waits for their first call and can be written to, once for each; their first call
     * waits for it.
     *
     * @param at when it goes out
     * @param firstAttempt the earliest first call after it
     */
    Uni<Integer> announce(Sql sql, long id, Instant at, Instant firstAttempt, Instant now) {
        return sql.run(PlannedTexts.announce(
                id, "select youth_id from campaign_youth where campaign_id = :campaign", at, firstAttempt, now));
    }

    /**
     * Puts everybody on the list into the queue, once; see {@link Enrolment}. Waits for a load of the list that is being
     * applied.
     */
    Uni<Integer> enrol(Sql sql, Campaign campaign, Instant firstAttempt, Instant now) {
        long list = campaign.listId();
        return sql.query("select id from dropout_list where id = :list for share")
                .set("list", list)
                .one(row -> row.id("id"))
                .chain(() -> sql.run(Enrolment.statement(campaign.id(), list, Enrolment.EVERYBODY, firstAttempt, now)))
                .call(() -> sql.run(Enrolment.sixteen(campaign.id(), now)));
    }

    /** Moves from one state to another; false when somebody else moved it before. */
    Uni<Boolean> move(Sql sql, long id, Campaign.State from, Campaign.State to) {
        return sql.update("update campaign set state = :to, version = version + 1 where id = :id and state = :from")
                .set("to", to)
                .set("from", from)
                .set("id", id)
                .count()
                .map(changed -> changed == 1);
    }

    private Campaign read(Sql.Row row) {
        var plan = new StoredPlan(
                row.text("days"),
                row.time("opens_1"),
                row.time("closes_1"),
                row.time("opens_2"),
                row.time("closes_2"),
                row.text("blocked_days"),
                row.text("plan"),
                row.integer("max_attempts"));
        return new Campaign(
                row.id("id"),
                row.text("name"),
                row.id("list_id"),
                row.constant(Campaign.State.class, "state"),
                row.constant(Campaign.Mode.class, "mode"),
                row.date("starts_on"),
                row.date("ends_on"),
                plan.read(json),
                row.text("caller_number"),
                row.text("sms_sender"),
                row.text("script"),
                StoredTexts.read(json, row.text("texts"), row.text("sms_text")),
                new ModeSettings(
                        Duration.ofSeconds(row.integer("preview_seconds")),
                        row.flag("detects_machines"),
                        row.text("voicemail_text"),
                        row.text("nobody_text"),
                        row.integer("abandonment_permille") / 1000.0));
    }
}
