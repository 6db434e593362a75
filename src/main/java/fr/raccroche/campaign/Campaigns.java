package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the database knows of campaigns. */
@ApplicationScoped
public class Campaigns {

    /** A list that a campaign can be made from. */
    record ListChoice(long id, String name, long people) {}

    /** A campaign with how far it is. */
    record Progress(Campaign campaign, String listName, long youths, long settled, long attempts) {}

    private static final Duration ABANDONMENT_PERIOD = Duration.ofDays(30);

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
                .onItem()
                .ifNull()
                .failWith(Campaigns::unknown)
                .map(campaign -> campaign);
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
                .set("plan", write(draft.planSettings()))
                .set("callerNumber", draft.callerNumber())
                .set("smsSender", draft.smsSender())
                .set("script", draft.script())
                .set("smsText", draft.texts().template(TextKind.FALLBACK).text())
                .set("texts", write(draft.texts()))
                .set("author", author)
                .set("now", now)
                .one(row -> row.id("id"));
    }

    /** Every number that was ever shown or may be, active ones first. */
    Uni<List<CallerNumber>> numbers(Sql sql) {
        return sql.query("select * from caller_number order by active desc, e164")
                .list(Campaigns::number);
    }

    /** Numbers of the account that nobody described yet get the category that they show. */
    Uni<Void> learn(Sql sql, List<String> account) {
        return InTurn.each(
                account,
                e164 -> sql.update("""
                        insert into caller_number (e164, category) values (:e164, :category)
                        on conflict do nothing""")
                        .set("e164", e164)
                        .set("category", CallerNumber.categoryOf(e164))
                        .run());
    }

    /** Describes a number anew; false when there is none like it. */
    Uni<Boolean> describe(Sql sql, CallerNumber number) {
        return sql.update("""
                        update caller_number set category = :category, label = :label,
                               departement = cast(:departement as text), active = :active
                        where e164 = :e164""")
                .set("category", number.category())
                .set("label", number.label())
                .set("departement", number.departement())
                .set("active", number.active())
                .set("e164", number.e164())
                .count()
                .map(count -> count == 1);
    }

    /** The numbers that a campaign shows: its pool, or the one number that it names where the pool is empty. */
    public Uni<CallerNumbers> pool(Sql sql, Campaign campaign) {
        return sql.query("""
                        select k.*, n.share from campaign_number n join caller_number k on k.e164 = n.e164
                        where n.campaign_id = :campaign order by k.e164""")
                .set("campaign", campaign.id())
                .list(row -> new CallerNumbers.Pooled(number(row), row.integer("share")))
                .map(pool -> new CallerNumbers(pool.isEmpty() ? List.of(only(campaign.callerNumber())) : pool));
    }

    /** The number that a youth of the campaign sees, and is told: the one from before, while the campaign has it. */
    public Uni<String> shownTo(Sql sql, Campaign campaign, long youthId) {
        return pool(sql, campaign)
                .chain(pool -> sql.query("""
                        select y.shown_number, m.departement from campaign_youth y
                        join youth t on t.id = y.youth_id left join commune m on m.insee = t.commune_insee
                        where y.campaign_id = :campaign and y.youth_id = :youth""")
                        .set("campaign", campaign.id())
                        .set("youth", youthId)
                        .one(row ->
                                pool.shownTo(youthId, row.textOrNull("departement"), row.textOrNull("shown_number"))))
                .map(shown -> shown == null ? campaign.callerNumber() : shown);
    }

    private static CallerNumbers.Pooled only(String e164) {
        return new CallerNumbers.Pooled(new CallerNumber(e164, CallerNumber.categoryOf(e164), "", null, true), 1);
    }

    /**
     * The campaign shows these numbers from now on, by these shares.
     *
     * @param shares not empty
     */
    Uni<Void> setPool(Sql sql, long campaignId, Map<String, Integer> shares) {
        return sql.update("delete from campaign_number where campaign_id = :campaign")
                .set("campaign", campaignId)
                .run()
                .chain(() -> InTurn.each(
                        shares.entrySet(),
                        share -> sql.update("""
                                insert into campaign_number (campaign_id, e164, share)
                                values (:campaign, :e164, :share)""")
                                .set("campaign", campaignId)
                                .set("e164", share.getKey())
                                .set("share", share.getValue())
                                .run()))
                .chain(() -> sql.update("update campaign set version = version + 1 where id = :campaign")
                        .set("campaign", campaignId)
                        .run());
    }

    /** The campaigns that show a number, by the number. */
    Uni<Map<String, List<Campaign>>> showing(Sql sql) {
        return sql.query("""
                        select n.e164, c.* from campaign_number n join campaign c on c.id = n.campaign_id
                        where c.state <> 'CLOSED' order by c.id desc""")
                .list(row -> Map.entry(row.text("e164"), read(row)))
                .map(all -> all.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    private static CallerNumber number(Sql.Row row) {
        return new CallerNumber(
                row.text("e164"),
                row.constant(CallerNumber.Category.class, "category"),
                row.text("label"),
                row.textOrNull("departement"),
                row.flag("active"));
    }

    /** Changes how attempts are spread, from each youth's next one on; false when the campaign is closed. */
    Uni<Boolean> replan(Sql sql, Campaign changed) {
        return sql.update("""
                        update campaign set plan = :plan, blocked_days = :blocked, max_attempts = :maxAttempts,
                               version = version + 1
                        where id = :id and state <> 'CLOSED'""")
                .set("plan", write(changed.planSettings()))
                .set("blocked", changed.hours().storedBlocked())
                .set("maxAttempts", changed.maxAttempts())
                .set("id", changed.id())
                .count()
                .map(count -> count == 1);
    }

    /** Changes how calls are conducted, from the next one on; false when the campaign is closed. */
    Uni<Boolean> conduct(Sql sql, Campaign changed) {
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
        return sql.update("""
                        update campaign set texts = :texts, sms_text = :fallback, version = version + 1
                        where id = :id and state <> 'CLOSED'""")
                .set("texts", write(texts))
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
        return sql.update("""
                        with planned as (
                            insert into text_plan (campaign_id, youth_id, kind, occasion, due_at, about, created_at)
                            select y.campaign_id, y.youth_id, 'ANNOUNCEMENT', 'ANNOUNCEMENT', :at, :first, :now
                              from campaign_youth y
                             where y.campaign_id = :campaign and y.state = 'TO_CALL' and y.attempts = 0
                               and exists (select from phone_number p where p.youth_id = y.youth_id
                                              and p.owner = 'YOUTH' and p.mobile)
                            on conflict do nothing returning youth_id)
                        update campaign_youth y set next_attempt_at = greatest(y.next_attempt_at, :first)
                          from planned p where y.campaign_id = :campaign and y.youth_id = p.youth_id""")
                .set("campaign", id)
                .set("at", at)
                .set("first", firstAttempt)
                .set("now", now)
                .count();
    }

    /**
     * Calls of ours that a person answered, and those among them who were not with an agent within two seconds.
     *
     * @param answered what an agent called a voicemail is no person
     */
    record Abandonment(long answered, long abandoned) {

        /** Share of the answered calls, as the FTC counts it; 0 when none was answered. */
        public double rate() {
            return answered == 0 ? 0 : (double) abandoned / answered;
        }

        /** "0,4 %" */
        public String shown() {
            return String.format(Locale.FRENCH, "%.1f\u00a0%%", rate() * 100);
        }
    }

    /** Over the last 30 days, the period of 16 CFR 310.4(b)(4). */
    Uni<Abandonment> abandonment(Sql sql, long id, Instant now) {
        return sql.query("""
                        select count(*) as answered,
                               count(*) filter (where result = 'ABANDONED'
                                   or bridged_at > admitted_at + interval '2 seconds') as abandoned
                        from call_attempt
                        where campaign_id = :id and planned_at >= :since and answered_at is not null
                          and result is distinct from 'VOICEMAIL' and not inbound""")
                .set("id", id)
                .set("since", now.minus(ABANDONMENT_PERIOD))
                .one(row -> new Abandonment(row.id("answered"), row.id("abandoned")));
    }

    /** How many lines may ring for agents who wait, by what is known now. */
    public Uni<BurstBound> burst(Sql sql, Campaign campaign, Instant now) {
        return abandonment(sql, campaign.id(), now)
                .chain(measured -> calls(sql, campaign.id(), now)
                        .map(recent -> new BurstBound(campaign.modes().target(), measured.rate(), recent)));
    }

    /** Calls of the last 30 days that rang within an hour of this time of day: people answer more in the evening. */
    private static Uni<BurstBound.Calls> calls(Sql sql, long id, Instant now) {
        return sql.query("""
                        select count(*) as calls, count(answered_at) as answered from call_attempt
                        where campaign_id = :id and planned_at >= :since and not inbound
                          and (answered_at is not null or state in ('NO_ANSWER', 'CANCELED'))
                          and abs(extract(hour from planned_at at time zone 'Europe/Paris') - :hour) <= 1""")
                .set("id", id)
                .set("since", now.minus(ABANDONMENT_PERIOD))
                .set("hour", now.atZone(PARIS).getHour())
                .one(row -> new BurstBound.Calls(row.id("calls"), row.id("answered")));
    }

    /**
     * Puts everybody on the list into the queue, once; see {@link Enrolment}. Waits for a load of the list that is being
     * applied.
     */
    Uni<Integer> enrol(Sql sql, Campaign campaign, Instant firstAttempt, Instant now) {
        long list = campaign.listId();
        String everybody = "select youth_id from list_entry where list_id = " + list;
        return sql.query("select id from dropout_list where id = :list for share")
                .set("list", list)
                .one(row -> row.id("id"))
                .chain(() -> sql.update(Enrolment.statement(campaign.id(), list, everybody, firstAttempt, now))
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
                plan.maxAttempts(),
                plan.hours(),
                row.text("caller_number"),
                row.text("sms_sender"),
                row.text("script"),
                readTexts(row.text("texts"), row.text("sms_text")),
                plan.settings(json),
                new ModeSettings(
                        Duration.ofSeconds(row.integer("preview_seconds")),
                        row.flag("detects_machines"),
                        row.text("voicemail_text"),
                        row.text("nobody_text"),
                        row.integer("abandonment_permille") / 1000.0));
    }

    private String write(PlanSettings settings) {
        var stored = json.object();
        settings.values().forEach((setting, value) -> stored.put(setting.name(), value));
        stored.put("afternoonFrom", settings.afternoonFrom().toString());
        stored.put("eveningFrom", settings.eveningFrom().toString());
        stored.put("first", settings.first() == null ? null : settings.first().name());
        return stored.toString();
    }

    private String write(TextSettings settings) {
        var stored = json.object();
        for (TextKind kind : TextKind.values()) {
            var letter = stored.putObject(kind.name());
            letter.put("on", settings.isOn(kind));
            if (kind != TextKind.FALLBACK) {
                letter.put("template", settings.template(kind).text());
            }
        }
        settings.values().forEach((setting, value) -> stored.put(setting.name(), value));
        settings.fallbackAfter().forEach(stored.putArray("fallbackAfter")::add);
        CallingHours.Span span = settings.hours().spans().getFirst();
        stored.put("days", settings.hours().storedDays());
        stored.put("opens", span.opens().toString());
        stored.put("closes", span.closes().toString());
        stored.put("service", settings.service());
        return stored.toString();
    }

    /** What is not stored has the product's default: the fallback, and nothing else. */
    private TextSettings readTexts(String stored, String fallback) {
        JsonNode texts = json.tree(stored);
        Map<TextKind, TextSettings.Letter> letters = new EnumMap<>(TextKind.class);
        for (TextKind kind : TextKind.values()) {
            JsonNode letter = texts.path(kind.name());
            boolean isFallback = kind == TextKind.FALLBACK;
            letters.put(
                    kind,
                    new TextSettings.Letter(
                            letter.path("on").asBoolean(isFallback),
                            new TextTemplate(
                                    isFallback
                                            ? fallback
                                            : letter.path("template").asText(""))));
        }
        Map<TextSettings.Setting, Integer> values = new EnumMap<>(TextSettings.Setting.class);
        for (TextSettings.Setting setting : TextSettings.Setting.values()) {
            values.put(setting, texts.path(setting.name()).asInt(setting.usual()));
        }
        var after = new ArrayList<Integer>();
        texts.path("fallbackAfter").forEach(n -> after.add(n.asInt()));
        CallingHours.Span span = TextSettings.HOURS.spans().getFirst();
        return new TextSettings(
                letters,
                values,
                texts.has("fallbackAfter") ? after : TextSettings.FALLBACK_AFTER,
                TextSettings.hours(
                        CallingHours.readDays(texts.path("days").asText(TextSettings.HOURS.storedDays())),
                        time(texts.path("opens"), span.opens()),
                        time(texts.path("closes"), span.closes())),
                texts.path("service").asText(TextSettings.SERVICE));
    }

    private static LocalTime time(JsonNode stored, LocalTime usual) {
        return stored.isTextual() ? LocalTime.parse(stored.asText()) : usual;
    }
}
