package fr.raccroche.list;

import fr.raccroche.list.Comparison.Fact;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
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
import java.util.List;
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
    private final Decisions decisions;
    private final Json json;
    private final ListMessages lists;
    private final Comparison comparison;
    private final ReviewMessages messages;
    private final SecurityIdentity identity;

    ReviewPages(
            Database database,
            Decisions decisions,
            Json json,
            ListMessages lists,
            Comparison comparison,
            ReviewMessages messages,
            SecurityIdentity identity) {
        this.database = database;
        this.decisions = decisions;
        this.json = json;
        this.lists = lists;
        this.comparison = comparison;
        this.messages = messages;
        this.identity = identity;
    }

    /** The row to decide about. */
    record Pair(long id, int line, String why, List<Fact> facts) {}

    record Decided(long id, int line, String name, String decision, String by) {}

    /**
     * @param pair null when nothing is left, or nothing after the one that was passed
     * @param noted what was decided just now; null at the beginning
     */
    record ReviewView(
            ListOverview list,
            @Nullable Pair pair,
            List<Decided> decided,
            @Nullable Decided noted) {

        ReviewView noting(@Nullable Long done) {
            Decided found = decided.stream()
                    .filter(each -> done != null && each.id() == done)
                    .findFirst()
                    .orElse(null);
            return new ReviewView(list, pair, decided, found);
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance review(ReviewView view);
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
                        .chain(found -> view(sql, found, after, account)))
                .map(view -> Templates.review(view.noting(done)));
    }

    private Uni<ReviewView> view(Sql sql, ListOverview list, long after, Account account) {
        return pair(sql, list.id(), after, account)
                .chain(pair -> DoubtfulRows.decided(sql, list.id(), DECISIONS_SHOWN)
                        .map(rows -> new ReviewView(
                                list, pair, rows.stream().map(this::decided).toList(), null)));
    }

    private Uni<@Nullable Pair> pair(Sql sql, long list, long after, Account account) {
        return DoubtfulRows.open(sql, list, after, 1).chain(rows -> {
            if (rows.isEmpty()) {
                return Nothing.found();
            }
            DoubtfulRow row = rows.getFirst();
            return AccessLog.record(sql, account, AccessAction.YOUTH_VIEWED, "youth:" + row.candidate())
                    .chain(() -> DoubtfulRows.youth(sql, row.candidate()))
                    .map(youth -> new Pair(
                            row.id(),
                            row.line(),
                            lists.doubt(row.reason()),
                            comparison.facts(json.tree(row.person()), youth)));
        });
    }

    private Decided decided(DoubtfulRow row) {
        return new Decided(
                row.id(),
                row.line(),
                Comparison.name(json.tree(row.person())),
                row.merged() ? messages.same() : messages.different(),
                row.decidedBy() == null ? lists.program() : row.decidedBy());
    }

    @POST
    @Path("lists/{list:\\d+}/review/{row:\\d+}")
    public Uni<Response> decide(long list, long row, @RestForm @Nullable String verdict) {
        if (!"same".equals(verdict) && !"different".equals(verdict)) {
            throw Problem.badRequest("verdict", "Choisissez « Même personne » ou « Deux personnes ».");
        }
        Account account = Account.of(identity);
        return existing(list, row)
                .chain(() -> decisions.decide(row, "same".equals(verdict), account.id()))
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
                .chain(() -> decisions.undecide(row, account.id()))
                .chain(() -> record(account, AccessAction.DOUBT_REOPENED, row))
                .replaceWith(Response.seeOther(URI.create("/lists/%d/review?after=%d".formatted(list, row - 1)))
                        .build());
    }

    private Uni<DoubtfulRow> existing(long list, long row) {
        return database.inTransaction(sql -> DoubtfulRows.byId(sql, row)).map(found -> {
            if (found == null || found.listId() != list) {
                throw Problem.notFound("Cette ligne n'existe pas, ou n'existe plus.");
            }
            return found;
        });
    }

    private Uni<Void> record(Account account, AccessAction action, long row) {
        return database.inTransaction(sql -> AccessLog.record(sql, account, action, "doubtful:" + row));
    }
}
