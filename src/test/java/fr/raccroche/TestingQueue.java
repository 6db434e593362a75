package fr.raccroche;

import static fr.raccroche.Blocking.answer;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The queue of a campaign of its own in the shared database, with youths, calls and outcomes put there by SQL. */
public final class TestingQueue {

    private static final AtomicLong NEXT = new AtomicLong();

    private final Database database;
    private final Instant start;
    private final long id;
    private final Account agent;

    public TestingQueue(Database database, Instant start) {
        this.database = database;
        this.start = start;
        this.agent = account(Role.AGENT, null);
        long list = insert(
                "insert into dropout_list (name, reference_date, created_at) values (:name, '2026-10-01', :at) returning id",
                Map.of("name", unique("Liste"), "at", start));
        this.id = insert("""
                        insert into campaign (name, list_id, state, starts_on, ends_on, caller_number, sms_sender, script,
                                              sms_text, created_at)
                        values (:name, :list, 'RUNNING', '2026-11-01', '2026-12-31', '+33199001234', 'RACCROCHE', 'Bonjour',
                                'Bonjour', :at) returning id""", Map.of("name", unique("Campagne"), "list", list, "at", start));
    }

    public long id() {
        return id;
    }

    public Account agent() {
        return agent;
    }

    static String unique(String what) {
        return what + " " + NEXT.incrementAndGet();
    }

    /** A structure that serves no commune yet. */
    public long structure(StructureKind kind) {
        return insert(
                "insert into structure (kind, code, name, fictional) values (:kind, :code, :name, true) returning id",
                Map.of(
                        "kind",
                        kind,
                        "code",
                        unique("essai"),
                        "name",
                        unique(kind == StructureKind.CIO ? "CIO" : "ML")));
    }

    /** A new commune served by {@code structures}. */
    public String commune(Long... structures) {
        long next = NEXT.incrementAndGet();
        String insee = "%cA%03d".formatted("013456789".charAt((int) (next / 1_000 % 9)), next % 1_000);
        run("""
                insert into commune (insee, name, departement, academie, name_key)
                values (:insee, :name, '00', 'Essai', 'essai')""", Map.of("insee", insee, "name", unique("Ville")));
        for (Long structure : structures) {
            run(
                    "insert into territory (structure_id, insee) values (:structure, :insee)",
                    Map.of("structure", structure, "insee", insee));
        }
        return insee;
    }

    public Account account(Role role, @Nullable Long structure) {
        String email = unique("compte").replace(' ', '.') + "@exemple.fr";
        long account = answer(database.inTransaction(sql -> sql.query("""
                        insert into account (email, display_name, password_hash, role, structure_id)
                        values (:email, :name, 'x', :role, cast(:structure as bigint)) returning id""")
                .set("email", email)
                .set("name", unique("Camille"))
                .set("role", role)
                .set("structure", structure)
                .one(row -> row.id("id"))));
        return new Account(account, email, "Camille", role, structure);
    }

    public long youth(String state) {
        return youth(state, null);
    }

    public long youth(String state, @Nullable String commune) {
        long youth = answer(database.inTransaction(sql ->
                sql.query("""
                        insert into youth (ine, last_name, first_name, name_key, birth_date, commune_insee)
                        values (:ine, 'Benali', 'Lina', 'benali lina', '2009-03-14', cast(:commune as text)) returning id""").set("ine", unique("INE")).set("commune", commune).one(row -> row.id("id"))));
        boolean waiting = List.of("TO_CALL", "CALLBACK").contains(state);
        answer(database.inTransaction(sql -> sql.update("""
                        insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at, settled_at)
                        values (:campaign, :youth, :state, cast(:next as timestamptz), cast(:settled as timestamptz))""")
                .set("campaign", id)
                .set("youth", youth)
                .set("state", state)
                .set("next", waiting ? start : null)
                .set("settled", waiting || state.equals("IN_CALL") ? null : start)
                .run()));
        return youth;
    }

    /** A legal guardian who lives in this commune. */
    public void guardian(long youth, int rank, String commune) {
        run("""
                insert into legal_guardian (youth_id, rank, last_name, first_name, commune_insee)
                values (:youth, :rank, 'Benali', 'Nadia', :commune)""", Map.of("youth", youth, "rank", rank, "commune", commune));
    }

    /** A number of the youth, fictional, and nobody else's: other tests load lists with numbers of the same range. */
    public long number(long youth, String owner) {
        String e164 = free();
        return insert("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, :owner, 1, true, 'essai') returning id""", Map.of("youth", youth, "e164", e164, "owner", owner));
    }

    private String free() {
        String e164;
        do {
            e164 = "+3363998%04d".formatted(NEXT.incrementAndGet() % 10_000);
        } while (ask(
                        "select count(*) as n from phone_number where e164 = :e164",
                        Map.of("e164", e164),
                        row -> row.id("n"))
                > 0);
        return e164;
    }

    /** A counted attempt that ended and was closed, at {@code at}. */
    public long attempt(long youth, int n, Instant at) {
        return insert(
                """
                        insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                                                  planned_at, rang_at, answered_at, ended_at, closed_at)
                        select :campaign, :youth, :agent, p.id, p.e164, :n, 'COMPLETED', :token, :token, :at, :at, :at, :at, :at
                        from phone_number p where p.id = :phone returning id""",
                Map.of(
                        "campaign", id,
                        "youth", youth,
                        "agent", agent.id(),
                        "n", n,
                        "token", unique("token"),
                        "at", at,
                        "phone", number(youth, "YOUTH")));
    }

    /** So many calls to one youth that rang long enough to be answered, at {@code at}, and are over. */
    public void rang(int calls, int answered, Instant at) {
        long youth = youth("NO_REFERRAL");
        run(
                """
                insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, state, token, action_id,
                       planned_at, rang_at, answered_at, ended_at, closed_at, result)
                select :campaign, p.youth_id, :agent, p.id, p.e164,
                       case when i <= :answered then 'COMPLETED' else 'NO_ANSWER' end,
                       'rang-' || p.youth_id || '-' || i, 'rang-' || p.youth_id || '-' || i, :at, :at,
                       case when i <= :answered then cast(:at as timestamptz) end, :at, :at,
                       case when i <= :answered then 'NO_REFERRAL' else 'NO_ANSWER' end
                from generate_series(1, :calls) i, phone_number p where p.id = :phone""",
                Map.of(
                        "campaign", id,
                        "agent", agent.id(),
                        "phone", number(youth, "YOUTH"),
                        "calls", calls,
                        "answered", answered,
                        "at", at));
    }

    /** What the agent recorded on an attempt; no referral. */
    public long outcome(long youth, long attempt, String kind, Instant at) {
        return outcome(youth, attempt, kind, null, at);
    }

    /** An agreement to go to a CIO; nothing is sent yet. */
    public long referral(long youth, long attempt, Instant at) {
        return referral(youth, attempt, StructureKind.CIO, at);
    }

    /** An agreement to go to a structure of this kind; nothing is sent yet. */
    public long referral(long youth, long attempt, StructureKind kind, Instant at) {
        return outcome(youth, attempt, "REFERRAL", kind, at);
    }

    private long outcome(long youth, long attempt, String kind, @Nullable StructureKind structureKind, Instant at) {
        return answer(database.inTransaction(sql -> sql.query("""
                        insert into outcome (attempt_id, action_id, campaign_id, youth_id, agent_id, kind, solution,
                                             structure_kind, agreed_by, callback_at, note, recorded_at)
                        values (:attempt, :action, :campaign, :youth, :agent, cast(:kind as text),
                                case :kind when 'IN_SOLUTION' then 'SCHOOL' end, cast(:structure as text),
                                case :kind when 'REFERRAL' then 'YOUTH' end,
                                case :kind when 'CALLBACK' then cast(:at as timestamptz) end,
                                'préfère après 17 h', :at) returning id""")
                .set("attempt", attempt)
                .set("action", unique("action"))
                .set("campaign", id)
                .set("youth", youth)
                .set("agent", agent.id())
                .set("kind", kind)
                .set("structure", structureKind)
                .set("at", at)
                .one(row -> row.id("id"))));
    }

    public void objection(long youth) {
        run(
                "insert into objection (youth_id, channel, at) values (:youth, 'CALL', :at)",
                Map.of("youth", youth, "at", start));
    }

    /** Any statement. */
    public void run(String statement, Map<String, Object> parameters) {
        answer(database.inTransaction(sql -> {
            var update = sql.update(statement);
            parameters.forEach(update::set);
            return update.run();
        }));
    }

    private long insert(String statement, Map<String, Object> parameters) {
        return ask(statement, parameters, row -> row.id("id"));
    }

    /** The first row of any question. */
    public <T> T ask(String question, Map<String, Object> parameters, Function<Sql.Row, T> mapping) {
        return answer(database.inTransaction(sql -> {
            var query = sql.query(question);
            parameters.forEach(query::set);
            return query.one(mapping);
        }));
    }

    /** Every row of any question. */
    public <T> List<T> list(String question, Map<String, Object> parameters, Function<Sql.Row, T> mapping) {
        return answer(database.inTransaction(sql -> {
            var query = sql.query(question);
            parameters.forEach(query::set);
            return query.list(mapping);
        }));
    }

    /** The figure {@code n} of any question. */
    public long count(String question, Map<String, Object> parameters) {
        return ask(question, parameters, row -> row.id("n"));
    }

    /** A phone number in E.164, by its id. */
    public String e164(long phone) {
        return ask("select e164 from phone_number where id = :id", Map.of("id", phone), row -> row.text("e164"));
    }

    /** The state of a youth in this campaign. */
    public String place(long youth) {
        return ask(
                "select state from campaign_youth where campaign_id = :campaign and youth_id = :youth",
                Map.of("campaign", id, "youth", youth),
                row -> row.text("state"));
    }
}
