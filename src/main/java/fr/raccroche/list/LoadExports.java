package fr.raccroche.list;

import fr.raccroche.list.LoadJson.RefusalJson;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.WorkbookWriter;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A load as a program or a spreadsheet takes it: its state as JSON, its rejected rows as a file. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
class LoadExports {

    private static final int REJECTS_AT_ONCE = 500;
    private static final String CSV = "text/csv; charset=UTF-8";

    private final Database database;
    private final LoadSteps steps;
    private final LoadWords words;
    private final Balance balance;
    private final ListMessages lists;
    private final SecurityIdentity identity;

    LoadExports(
            Database database,
            LoadSteps steps,
            LoadWords words,
            Balance balance,
            ListMessages lists,
            SecurityIdentity identity) {
        this.database = database;
        this.steps = steps;
        this.words = words;
        this.balance = balance;
        this.lists = lists;
        this.identity = identity;
    }

    @GET
    @Path("lists/loads/{id:\\d+}.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<LoadJson> json(long id) {
        return database.inTransaction(sql ->
                steps.find(sql, id).chain(load -> Loads.mapping(sql, id).map(mapping -> json(load, mapping))));
    }

    private LoadJson json(LoadView load, @Nullable String mapping) {
        ReadSoFar read = load.read();
        return new LoadJson(
                load.id(),
                load.state(),
                load.listId(),
                load.listName(),
                load.fileName(),
                load.complete(),
                mapping != null && Mapping.fromJson(mapping).complete(),
                read.fileBytes(),
                read.bytes(),
                read.rows(),
                read.rejected(),
                load.version(),
                load.preview() == null ? null : balance.preview(load),
                refusal(load));
    }

    private @Nullable RefusalJson refusal(LoadView load) {
        String why = words.stopped(load);
        return why == null || load.refusal() == null
                ? null
                : new RefusalJson(load.refusal().code(), why);
    }

    /**
     * The rejected rows in the layout of their file.
     *
     * @param reason only these; null for all
     */
    @GET
    @Path("lists/loads/{id:\\d+}/rejects")
    @Produces(MediaType.WILDCARD)
    @Blocking
    public Response rejects(long id, @RestQuery @Nullable RowIssue reason) {
        Account account = Account.of(identity);
        String mapping = database.inTransaction(sql -> steps.find(sql, id)
                        .chain(() -> AccessLog.record(sql, account, AccessAction.REJECTS_EXPORTED, "load:" + id))
                        .chain(() -> Loads.mapping(sql, id)))
                .await()
                .indefinitely();
        if (mapping == null) {
            throw Problem.notFound("Ce chargement n'a pas de rejet de cette sorte.");
        }
        Mapping read = Mapping.fromJson(mapping);
        boolean workbook = read.layout().kind() == Layout.Kind.WORKBOOK;
        String name = reason == RowIssue.UNDER_16 ? "moins-de-16-ans-" : "rejets-";
        StreamingOutput rows = out -> RejectFile.write(read.layout(), read.headers(), rejects(id, reason, read), out);
        return Response.ok(rows, workbook ? WorkbookWriter.MEDIA_TYPE : CSV)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"%s%d.%s\"".formatted(name, id, workbook ? "xlsx" : "csv"))
                .build();
    }

    /** Asks for one page after the other, on the thread of the download. */
    private Iterator<RejectFile.Reject> rejects(long id, @Nullable RowIssue reason, Mapping mapping) {
        return Stream.iterate(
                        page(id, reason, 0),
                        page -> !page.isEmpty(),
                        page -> page(id, reason, page.getLast().line()))
                .flatMap(List::stream)
                .map(row -> RejectFile.Reject.of(row, mapping.layout().separator(), row.reason(lists)))
                .iterator();
    }

    private List<RejectedRow> page(long id, @Nullable RowIssue reason, int after) {
        return database.inTransaction(sql -> Findings.rejects(sql, id, reason, after, REJECTS_AT_ONCE))
                .await()
                .indefinitely();
    }
}
