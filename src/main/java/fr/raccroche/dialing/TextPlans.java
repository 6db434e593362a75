package fr.raccroche.dialing;

import fr.raccroche.campaign.TextKind;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.PlannedTexts;
import fr.raccroche.sms.LastTexts;
import fr.raccroche.sms.Reply;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts that are due some day, in the database: one at most for each youth, campaign and occasion. */
@ApplicationScoped
public class TextPlans {

    /** A text that is due. */
    record Planned(long id, long campaignId, long youthId, Occasion occasion) {}

    /** What the rules for texts need beyond those for calls, and the name to write. */
    record Reader(String firstName, @Nullable Instant callAt, Set<Long> withoutTexts, List<TextRules.Sent> sent) {}

    /** How far a text is. */
    public enum Fate {
        PLANNED,
        DROPPED,
        TO_SEND,
        SENDING,
        UNKNOWN,
        ACCEPTED,
        SENT,
        DELIVERED,
        UNDELIVERED,
        FAILED,
        CANCELED,
        RECEIVED
    }

    /**
     * A text for showing: one that is or was planned, one that went out, or one that came in.
     *
     * @param kind null for a text of no occasion, and for one that came in
     * @param reason why it was dropped; null when it was not
     * @param body null while it is only planned
     */
    public record Line(
            Instant at,
            @Nullable TextKind kind,
            Fate fate,
            TextRules.@Nullable TextRule reason,
            @Nullable String body) {

        public boolean incoming() {
            return fate == Fate.RECEIVED;
        }
    }

    private record SentJson(@Nullable String occasion, long at, boolean here) {}

    private final Function<String, List<SentJson>> sent;

    TextPlans(Json json) {
        this.sent = json.listsOf(SentJson.class);
    }

    /** Plans a text; what is planned already, or was, stays as it is. */
    Uni<Void> add(Sql sql, long campaignId, long youthId, Occasion occasion, Instant now) {
        return PlannedTexts.add(
                sql, campaignId, youthId, occasion.kind(), occasion.name(), occasion.dueAt(), occasion.about(), now);
    }

    /** Texts that are due in running campaigns, longest first. */
    Uni<List<Long>> due(Sql sql, int most, Instant now) {
        return sql.query("""
                        select p.id from campaign c cross join lateral (
                            select t.id, t.due_at from text_plan t
                            where t.campaign_id = c.id and t.state = 'PLANNED' and t.due_at <= :now
                            order by t.due_at, t.id limit :most) p
                        where c.state <> 'PAUSED'
                        order by p.due_at, p.id limit :most""").set("now", now).set("most", most).list(row -> row.id("id"));
    }

    /** The plan with the youth's place in the queue, both locked; null when somebody else has one of them. */
    Uni<@Nullable Planned> lock(Sql sql, long id) {
        return sql.query("""
                        select p.* from text_plan p
                          join campaign_youth y on y.campaign_id = p.campaign_id and y.youth_id = p.youth_id
                        where p.id = :id and p.state = 'PLANNED' for update skip locked""")
                .set("id", id)
                .first(row -> new Planned(row.id("id"), row.id("campaign_id"), row.id("youth_id"), occasion(row)));
    }

    /** An occasion by its name; null when there was none such. */
    Uni<@Nullable Occasion> occasion(Sql sql, long campaignId, long youthId, String name) {
        return sql.query("""
                        select * from text_plan
                        where youth_id = :youth and campaign_id = :campaign and occasion = :occasion""")
                .set("youth", youthId)
                .set("campaign", campaignId)
                .set("occasion", name)
                .first(TextPlans::occasion);
    }

    private static Occasion occasion(Sql.Row row) {
        return new Occasion(
                row.constant(TextKind.class, "kind"),
                row.text("occasion"),
                row.instant("due_at"),
                row.instant("about"));
    }

    Uni<Reader> reader(Sql sql, long campaignId, long youthId) {
        return sql.query("""
                        select t.first_name,
                               (select b.due_at from callback b where b.campaign_id = :campaign
                                   and b.youth_id = t.id and b.done_at is null) as call_at,
                               (select string_agg(cast(p.id as text), ',') from phone_number p
                                 where p.youth_id = t.id and not p.textable) as without_texts,
                               (select cast(coalesce(json_agg(json_build_object(
                                           'occasion', m.occasion,
                                           'at', cast(extract(epoch from m.created_at) * 1000 as bigint),
                                           'here', m.campaign_id = :campaign)), '[]') as text)
                                  from sms_message m
                                 where m.youth_id = t.id and m.direction = 'OUT'
                                   and m.state not in ('CANCELED', 'FAILED', 'UNDELIVERED')) as sent
                        from youth t where t.id = :youth""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .one(row -> new Reader(
                        row.text("first_name"),
                        row.instantOrNull("call_at"),
                        ids(row.textOrNull("without_texts")),
                        sent(row.text("sent"))));
    }

    private static Set<Long> ids(@Nullable String joined) {
        return joined == null
                ? Set.of()
                : Arrays.stream(joined.split(",")).map(Long::valueOf).collect(Collectors.toSet());
    }

    private List<TextRules.Sent> sent(String text) {
        return sent.apply(text).stream()
                .map(one -> new TextRules.Sent(one.occasion(), Instant.ofEpochMilli(one.at()), one.here()))
                .toList();
    }

    /** All texts from and to a youth and those that are planned, oldest first. */
    public Uni<List<Line>> lines(Sql sql, long youthId) {
        return sql.query("""
                        select m.created_at as at, p.kind, m.state, null as reason, m.body, m.media
                          from sms_message m
                          left join text_plan p on p.youth_id = m.youth_id and p.campaign_id = m.campaign_id
                                               and p.occasion = m.occasion
                         where m.youth_id = :youth
                            or (m.youth_id is null and m.e164 in (
                                    select n.e164 from phone_number n where n.youth_id = :youth))
                        union all
                        select q.due_at, q.kind, q.state, q.reason, null, 0
                          from text_plan q where q.youth_id = :youth and q.state <> 'WRITTEN'
                        order by at""")
                .set("youth", youthId)
                .list(row -> new Line(
                        row.instant("at"),
                        row.constantOrNull(TextKind.class, "kind"),
                        row.constant(Fate.class, "state"),
                        row.constantOrNull(TextRules.TextRule.class, "reason"),
                        said(row)));
    }

    private static @Nullable String said(Sql.Row row) {
        String body = row.textOrNull("body");
        return body == null ? null : LastTexts.shown(body, row.integer("media"));
    }

    /**
     * A text that came in and that no campaign answers with a call: a person reads it before anything rings.
     *
     * @param kind what it says, as far as is clear; null for texts of before
     * @param from as the network wrote it
     * @param files the youths whom it may be about; none when nobody has its number
     */
    public record Unanswered(
            long id,
            Instant at,
            String from,
            String words,
            Reply.@Nullable Kind kind,
            @Nullable Instant notBefore,
            List<InboundCalls.NamedYouth> files) {}

    /**
     * Texts of which nobody took notice, but those that ask for a call: what they say is not clear, or they come from numbers
     * or youths that no open campaign calls any more. Oldest first.
     */
    public Uni<List<Unanswered>> unanswered(Sql sql, int most) {
        return sql.query("""
                        select m.id, m.created_at, m.e164, m.body, m.media, m.kind, m.not_before,
                               (select string_agg(t.id || ' ' || t.first_name || ' ' || t.last_name, chr(10) order by t.id)
                                  from youth t where t.id = any(o.ids)) as files
                        from sms_message m
                        cross join lateral (
                            select case when m.youth_id is not null then array[m.youth_id]
                                        else array(select p.youth_id from phone_number p
                                                    where p.e164 = m.e164 and p.state <> 'WRONG') end as ids) o
                        where m.direction = 'IN' and m.handled_at is null
                          and (coalesce(m.kind, 'CALL') not in ('CALL', 'OBJECTION') or not exists (select from campaign_youth y join campaign c on c.id = y.campaign_id
                                           where y.youth_id = any(o.ids) and y.settled_at is null
                                             and c.state in ('RUNNING', 'PAUSED')))
                        order by m.created_at, m.id limit :most""")
                .set("most", most)
                .list(row -> new Unanswered(
                        row.id("id"),
                        row.instant("created_at"),
                        row.text("e164"),
                        LastTexts.shown(row.text("body"), row.integer("media")),
                        row.constantOrNull(Reply.Kind.class, "kind"),
                        row.instantOrNull("not_before"),
                        InboundCalls.named(row.textOrNull("files"))));
    }
}
