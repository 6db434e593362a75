package fr.raccroche.campaign;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
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

    public Uni<@Nullable Campaign> find(Sql sql, long id) {
        return sql.query("select * from campaign where id = :id").set("id", id).first(Campaigns::read);
    }

    /** Campaigns that agents can join now. */
    public Uni<List<Campaign>> running(Sql sql) {
        return sql.query("select * from campaign where state = 'RUNNING' order by name")
                .list(Campaigns::read);
    }

    Uni<List<Progress>> all(Sql sql) {
        return sql.query("""
                        select c.*, l.name as list_name,
                               (select count(*) from campaign_youth y where y.campaign_id = c.id) as youths,
                               (select count(*) from campaign_youth y
                                 where y.campaign_id = c.id and y.settled_at is not null) as settled,
                               (select count(*) from call_attempt a
                                 where a.campaign_id = c.id and a.n is not null) as attempts
                        from campaign c join dropout_list l on l.id = c.list_id
                        order by c.id desc""")
                .list(row -> new Progress(
                        read(row), row.text("list_name"), row.id("youths"), row.id("settled"), row.id("attempts")));
    }

    Uni<List<ListChoice>> lists(Sql sql) {
        return sql.query("""
                        select l.id, l.name, (select count(*) from list_entry e
                                where e.list_id = l.id and e.withdrawn_by is null) as people
                        from dropout_list l order by l.id desc""").list(row -> new ListChoice(row.id("id"), row.text("name"), row.id("people")));
    }

    Uni<Long> add(Sql sql, Campaign draft, long author, Instant now) {
        List<CallingHours.Span> spans = draft.hours().spans();
        return sql.query("""
                        insert into campaign (name, list_id, mode, starts_on, ends_on, max_attempts, days,
                            opens_1, closes_1, opens_2, closes_2, caller_number, sms_sender, script, sms_text,
                            created_by, created_at)
                        values (:name, :list, :mode, :startsOn, :endsOn, :maxAttempts, :days,
                            :opens1, :closes1, :opens2, :closes2, :callerNumber, :smsSender, :script, :smsText,
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
                .set("callerNumber", draft.callerNumber())
                .set("smsSender", draft.smsSender())
                .set("script", draft.script())
                .set("smsText", draft.smsText())
                .set("author", author)
                .set("now", now)
                .one(row -> row.id("id"));
    }

    /**
     * Puts everybody on the list into the queue, once; who is followed by a structure since an earlier campaign is set
     * aside (R13), objections and under-sixteens are by the rules. Waits for a load of the list that is being applied.
     */
    Uni<Integer> enrol(Sql sql, Campaign campaign, Instant firstAttempt, Instant now) {
        return sql.query("select id from dropout_list where id = :list for share")
                .set("list", campaign.listId())
                .one(row -> row.id("id"))
                .chain(list -> sql.update("""
                                insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at, settled_at)
                                select :campaign, e.youth_id,
                                       case when f.followed then 'ALREADY_FOLLOWED' else 'TO_CALL' end,
                                       case when not f.followed then cast(:firstAttempt as timestamptz) end,
                                       case when f.followed then cast(:now as timestamptz) end
                                  from list_entry e
                                 cross join lateral (select exists (
                                       select from handoff h where h.youth_id = e.youth_id and h.state <> 'CLOSED')
                                       as followed) f
                                 where e.list_id = :list and e.withdrawn_by is null
                                on conflict do nothing""")
                        .set("campaign", campaign.id())
                        .set("firstAttempt", firstAttempt)
                        .set("now", now)
                        .set("list", list)
                        .count());
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

    /** At the end, whoever was tried and never reached is unreachable; a call in progress keeps its own end. */
    Uni<Void> settleRest(Sql sql, long id, Instant now) {
        return sql.update("""
                        update campaign_youth set state = 'UNREACHABLE', next_attempt_at = null, settled_at = :now
                        where campaign_id = :id and state in ('TO_CALL', 'CALLBACK') and attempts > 0""").set("id", id).set("now", now).run();
    }

    private static Campaign read(Sql.Row row) {
        var hours = new CallingHours(
                CallingHours.readDays(row.text("days")),
                List.of(
                        new CallingHours.Span(row.time("opens_1"), row.time("closes_1")),
                        new CallingHours.Span(row.time("opens_2"), row.time("closes_2"))));
        return new Campaign(
                row.id("id"),
                row.text("name"),
                row.id("list_id"),
                row.constant(Campaign.State.class, "state"),
                row.constant(Campaign.Mode.class, "mode"),
                row.date("starts_on"),
                row.date("ends_on"),
                row.integer("max_attempts"),
                hours,
                row.text("caller_number"),
                row.text("sms_sender"),
                row.text("script"),
                row.text("sms_text"));
    }
}
