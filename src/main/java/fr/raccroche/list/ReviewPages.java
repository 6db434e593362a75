package fr.raccroche.list;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.list.Lists.DoubtfulRow;
import fr.raccroche.list.Lists.KnownYouth;
import fr.raccroche.list.Lists.Overview;
import fr.raccroche.list.row.Column;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.French;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.youth.Identity;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Doubtful rows, one after the other: the row and the person it resembles side by side, two answers (R13). */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class ReviewPages {

    private static final int DECISIONS_SHOWN = 20;

    private final Database database;
    private final ListLoads loads;
    private final Json json;
    private final ListMessages lists;
    private final LoadMessages labels;
    private final ReviewMessages messages;
    private final SecurityIdentity identity;

    ReviewPages(
            Database database,
            ListLoads loads,
            Json json,
            ListMessages lists,
            LoadMessages labels,
            ReviewMessages messages,
            SecurityIdentity identity) {
        this.database = database;
        this.loads = loads;
        this.json = json;
        this.lists = lists;
        this.labels = labels;
        this.messages = messages;
        this.identity = identity;
    }

    /** One fact as the file and as the known record say it; {@code kind} is {@code same}, {@code differs} or empty. */
    record Fact(String label, String inFile, String known, String kind) {

        /** Differs only where both say something, and not the same. */
        static Fact of(String label, @Nullable String inFile, @Nullable String known) {
            String one = inFile == null ? "" : inFile;
            String other = known == null ? "" : known;
            String kind = "";
            if (!one.isEmpty() && !other.isEmpty()) {
                kind = Identity.fold(one).equals(Identity.fold(other)) ? "same" : "differs";
            }
            return new Fact(label, one, other, kind);
        }
    }

    /** The row to decide about. */
    record Pair(long id, int line, String why, List<Fact> facts) {}

    record Decided(long id, int line, String name, String decision, String by) {}

    /**
     * @param pair null when nothing is left, or nothing after the one that was passed
     * @param noted what was decided just now; null at the beginning
     */
    record View(
            Overview list,
            @Nullable Pair pair,
            List<Decided> decided,
            @Nullable Decided noted) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance review(View view);
    }

    @GET
    @Path("lists/{list:\\d+}/review")
    public Uni<TemplateInstance> review(
            long list, @RestQuery @DefaultValue("0") long after, @RestQuery @Nullable Long done) {
        Account account = Account.of(identity);
        return database.inTransaction(sql -> Lists.byId(sql, list)
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound(lists.noSuchList()))
                        .chain(found -> pair(sql, list, after, account)
                                .chain(pair -> Lists.decided(sql, list, DECISIONS_SHOWN)
                                        .map(decided -> view(found, pair, decided, done)))))
                .map(Templates::review);
    }

    private Uni<@Nullable Pair> pair(Sql sql, long list, long after, Account account) {
        return Lists.doubtful(sql, list, after, 1).chain(rows -> {
            if (rows.isEmpty()) {
                return Nothing.found();
            }
            DoubtfulRow row = rows.getFirst();
            return AccessLog.record(sql, account, AccessAction.YOUTH_VIEWED, "youth:" + row.candidate())
                    .chain(() -> Lists.youth(sql, row.candidate()))
                    .map(youth -> new Pair(row.id(), row.line(), lists.doubt(row.reason()), facts(row, youth)));
        });
    }

    private View view(Overview list, @Nullable Pair pair, List<DoubtfulRow> decided, @Nullable Long done) {
        List<Decided> shown = decided.stream().map(this::decided).toList();
        Decided noted = shown.stream()
                .filter(each -> done != null && each.id() == done)
                .findFirst()
                .orElse(null);
        return new View(list, pair, shown, noted);
    }

    private Decided decided(DoubtfulRow row) {
        JsonNode person = person(row);
        return new Decided(
                row.id(),
                row.line(),
                String.join(" ", text(person, "first_name"), text(person, "last_name")),
                row.merged() ? messages.same() : messages.different(),
                row.decidedBy() == null ? lists.program() : row.decidedBy());
    }

    private JsonNode person(DoubtfulRow row) {
        return json.tree(row.person());
    }

    private List<Fact> facts(DoubtfulRow row, KnownYouth known) {
        JsonNode person = person(row);
        var facts = new ArrayList<Fact>();
        facts.add(fact(Column.NOM, person, "last_name", known.lastName()));
        facts.add(fact(Column.PRENOM, person, "first_name", known.firstName()));
        facts.add(Fact.of(
                labels.label(Column.DATE_NAISSANCE),
                French.dayAndYear(LocalDate.parse(text(person, "birth_date"))),
                French.dayAndYear(known.birthDate())));
        facts.add(fact(Column.INE, person, "ine", known.ine()));
        facts.add(fact(Column.NUMERO_SIEI, person, "siei_number", known.siei()));
        facts.add(fact(Column.SEXE, person, "sex", known.sex()));
        facts.add(phones(person, known));
        facts.add(fact(Column.ADRESSE, person, "address", known.address()));
        facts.add(fact(Column.CODE_POSTAL, person, "postal_code", known.postalCode()));
        facts.add(fact(Column.COMMUNE, person, "commune_name", known.commune()));
        facts.add(fact(Column.COURRIEL, person, "email", known.email()));
        facts.add(fact(Column.UAI_DERNIER_ETABLISSEMENT, person, "school_uai", known.school()));
        facts.add(fact(Column.DERNIERE_FORMATION, person, "last_training", known.training()));
        facts.add(Fact.of(messages.guardian(), guardians(person), String.join(", ", known.guardians())));
        facts.removeIf(fact -> fact.inFile().isEmpty() && fact.known().isEmpty());
        return facts;
    }

    private Fact fact(Column column, JsonNode person, String field, @Nullable String known) {
        return Fact.of(labels.label(column), text(person, field), known);
    }

    /** Numbers differ when none stands on both sides. */
    private Fact phones(JsonNode person, KnownYouth known) {
        var inFile = new ArrayList<String>();
        person.path("e164").forEach(number -> inFile.add(number.asText()));
        var common = new HashSet<>(inFile);
        common.retainAll(known.phones());
        String kind = common.isEmpty() ? "differs" : "same";
        return new Fact(
                messages.phones(),
                shown(inFile),
                shown(known.phones()),
                inFile.isEmpty() || known.phones().isEmpty() ? "" : kind);
    }

    private static String shown(List<String> numbers) {
        return numbers.stream().map(French::phone).collect(Collectors.joining(", "));
    }

    private static String guardians(JsonNode person) {
        return Stream.of("1", "2")
                .map(number -> String.join(" ", text(person, "first_name" + number), text(person, "last_name" + number))
                        .strip())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String text(JsonNode person, String field) {
        return person.path(field).isNull() ? "" : person.path(field).asText("");
    }

    @POST
    @Path("lists/{list:\\d+}/review/{row:\\d+}")
    public Uni<Response> decide(long list, long row, @RestForm @Nullable String verdict) {
        if (!"same".equals(verdict) && !"different".equals(verdict)) {
            throw Problem.badRequest("verdict", messages.choose());
        }
        Account account = Account.of(identity);
        return existing(list, row)
                .chain(() -> loads.decide(row, "same".equals(verdict), account.id()))
                .chain(() -> record(account, AccessAction.DOUBT_DECIDED, row))
                .replaceWith(
                        Response.seeOther(URI.create("/lists/%d/review?after=%d&done=%d".formatted(list, row, row)))
                                .build());
    }

    @POST
    @Path("lists/{list:\\d+}/review/{row:\\d+}/undo")
    public Uni<Response> undo(long list, long row) {
        Account account = Account.of(identity);
        return existing(list, row)
                .chain(() -> loads.undecide(row, account.id()))
                .chain(() -> record(account, AccessAction.DOUBT_REOPENED, row))
                .replaceWith(Response.seeOther(URI.create("/lists/%d/review?after=%d".formatted(list, row - 1)))
                        .build());
    }

    private Uni<DoubtfulRow> existing(long list, long row) {
        return database.inTransaction(sql -> Lists.doubtfulRow(sql, row)).map(found -> {
            if (found == null || found.listId() != list) {
                throw Problem.notFound(messages.noSuchRow());
            }
            return found;
        });
    }

    private Uni<Void> record(Account account, AccessAction action, long row) {
        return database.inTransaction(sql -> AccessLog.record(sql, account, action, "doubtful:" + row));
    }
}
