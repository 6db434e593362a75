package fr.raccroche.list;

import fr.raccroche.list.LoadAnswer.Counts;
import fr.raccroche.list.LoadAnswer.RefusalAnswer;
import fr.raccroche.list.LoadAnswer.RejectAnswer;
import fr.raccroche.list.LoadAnswer.Rejects;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What became of a file that a program sent. */
@Path("/api")
@RolesAllowed(SourceMechanism.IS_SOURCE)
@Produces(MediaType.APPLICATION_JSON)
class LoadApi {

    private static final int REJECTS_AT_ONCE = 500;

    private final Database database;
    private final Balance balance;
    private final LoadWords words;
    private final ListMessages lists;
    private final LoadMessages states;
    private final SecurityIdentity identity;

    LoadApi(
            Database database,
            Balance balance,
            LoadWords words,
            ListMessages lists,
            LoadMessages states,
            SecurityIdentity identity) {
        this.database = database;
        this.balance = balance;
        this.words = words;
        this.lists = lists;
        this.states = states;
        this.identity = identity;
    }

    /**
     * Where a load stands.
     *
     * @param after the last line of rejected rows that is already known
     */
    @GET
    @Path("loads/{id:\\d+}")
    public Uni<LoadAnswer> load(long id, @RestQuery @DefaultValue("0") String after) {
        Speaker speaker = Speaker.of(identity);
        int line = line(after);
        return database.inTransaction(sql -> Loads.byId(sql, id).chain(load -> {
            if (load == null) {
                throw Problem.notFound(lists.noSuchLoad());
            }
            speaker.refuseOthers(load.sourceId());
            return Findings.rejects(sql, id, null, line, REJECTS_AT_ONCE).map(rejects -> answer(load, rejects));
        }));
    }

    private int line(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("after", "Le paramètre after est le numéro de la dernière ligne reçue.");
        }
    }

    private LoadAnswer answer(LoadView load, List<RejectedRow> rejects) {
        return new LoadAnswer(
                load.id(),
                load.state(),
                states.next(load.state()),
                load.listId(),
                load.version(),
                load.listName(),
                load.complete(),
                load.preview() == null ? null : Counts.of(balance.preview(load).count()),
                refusal(load),
                new Rejects(load.read().rejected(), rows(rejects), next(load, rejects)));
    }

    private List<RejectAnswer> rows(List<RejectedRow> rejects) {
        return rejects.stream()
                .map(row -> new RejectAnswer(row.line(), row.field(), row.issue(), row.reason(lists)))
                .toList();
    }

    private static @Nullable String next(LoadView load, List<RejectedRow> rejects) {
        return rejects.size() < REJECTS_AT_ONCE
                ? null
                : "/api/loads/%d?after=%d"
                        .formatted(load.id(), rejects.getLast().line());
    }

    private @Nullable RefusalAnswer refusal(LoadView load) {
        return load.refusal() == null || load.state() != LoadState.REFUSED
                ? null
                : new RefusalAnswer(
                        load.refusal().code(),
                        Objects.requireNonNullElse(words.refused(load.refusal()), states.failed()));
    }
}
