package fr.raccroche.list;

import static fr.raccroche.platform.French.dayAndYear;

import fr.raccroche.list.table.WorkbookWriter;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/**
 * Lists from programs, all day: a file or JSON rows with a token bound to one source, answered at once, worked off in
 * turn. Described for their authors at {@code /lists/api}.
 */
@jakarta.ws.rs.Path("/api")
@RolesAllowed(SourceMechanism.IS_SOURCE)
@Produces(MediaType.APPLICATION_JSON)
class ListApi {

    private static final int LOADS_A_MINUTE = 60;
    private static final int OPEN_LOADS = 100;
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    private final Database database;
    private final ListIntake intake;
    private final ListMessages lists;
    private final LoadMessages states;
    private final SecurityIdentity identity;
    private final Clock clock;

    ListApi(
            Database database,
            ListIntake intake,
            ListMessages lists,
            LoadMessages states,
            SecurityIdentity identity,
            Clock clock) {
        this.database = database;
        this.intake = intake;
        this.lists = lists;
        this.states = states;
        this.identity = identity;
        this.clock = clock;
    }

    /** What was received: where to ask what became of it. */
    record Received(long id, LoadState state, String location) {}

    @POST
    @jakarta.ws.rs.Path("lists")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Uni<Response> upload(
            @RestForm("file") @Nullable FileUpload file,
            @RestForm("name") @Nullable String formName,
            @RestForm("complete") @Nullable String formComplete,
            @RestForm("reference_date") @Nullable String formDate,
            @RestQuery @Nullable String name,
            @RestQuery @Nullable String complete,
            @RestQuery("reference_date") @Nullable String referenceDate,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        return uploaded(
                null,
                file,
                new Said(formName, formComplete, formDate).orElse(new Said(name, complete, referenceDate)),
                key);
    }

    @POST
    @jakarta.ws.rs.Path("lists/{id:\\d+}/versions")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Uni<Response> uploadVersion(
            long id,
            @RestForm("file") @Nullable FileUpload file,
            @RestForm("complete") @Nullable String formComplete,
            @RestForm("reference_date") @Nullable String formDate,
            @RestQuery @Nullable String complete,
            @RestQuery("reference_date") @Nullable String referenceDate,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        return uploaded(
                id, file, new Said(null, formComplete, formDate).orElse(new Said(null, complete, referenceDate)), key);
    }

    private Uni<Response> uploaded(@Nullable Long list, @Nullable FileUpload file, Said said, @Nullable String key) {
        if (file == null) {
            throw Problem.badRequest("file-missing", "Envoyez le fichier dans le champ « file » du formulaire.");
        }
        return take(list, file.uploadedFile(), file.fileName(), said, key);
    }

    /** A file as it is, or JSON rows. */
    @POST
    @jakarta.ws.rs.Path("lists")
    @Consumes({
        "text/csv",
        "text/plain",
        WorkbookWriter.MEDIA_TYPE,
        MediaType.APPLICATION_OCTET_STREAM,
        MediaType.APPLICATION_JSON
    })
    @Blocking
    public Response send(
            InputStream body,
            @RestQuery @Nullable String name,
            @RestQuery @Nullable String complete,
            @RestQuery("reference_date") @Nullable String referenceDate,
            @HeaderParam("Content-Type") String type,
            @HeaderParam("Idempotency-Key") @Nullable String key)
            throws IOException {
        return sent(null, body, type, new Said(name, complete, referenceDate), key);
    }

    @POST
    @jakarta.ws.rs.Path("lists/{id:\\d+}/versions")
    @Consumes({
        "text/csv",
        "text/plain",
        WorkbookWriter.MEDIA_TYPE,
        MediaType.APPLICATION_OCTET_STREAM,
        MediaType.APPLICATION_JSON
    })
    @Blocking
    public Response sendVersion(
            long id,
            InputStream body,
            @RestQuery @Nullable String complete,
            @RestQuery("reference_date") @Nullable String referenceDate,
            @HeaderParam("Content-Type") String type,
            @HeaderParam("Idempotency-Key") @Nullable String key)
            throws IOException {
        return sent(id, body, type, new Said(null, complete, referenceDate), key);
    }

    private Response sent(@Nullable Long list, InputStream body, String type, Said said, @Nullable String key)
            throws IOException {
        Path file = Files.createTempFile("raccroche-api", null);
        try {
            boolean rows = MediaType.valueOf(type).isCompatible(MediaType.APPLICATION_JSON_TYPE);
            Said all = said;
            if (rows) {
                JsonRows.Head head = JsonRows.write(body, file);
                all = new Said(head.name(), head.complete(), head.referenceDate()).orElse(said);
            } else {
                try (var out = Files.newOutputStream(file)) {
                    if (body.transferTo(out) == 0) {
                        throw Problem.badRequest("body-empty", "Le corps de la requête est vide.");
                    }
                }
            }
            return take(list, file, fileName(type), all, key).await().indefinitely();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A name for a file that came without one. */
    private static String fileName(String type) {
        if (type.contains("json")) {
            return "envoi.json";
        }
        return type.contains("spreadsheet") ? "envoi.xlsx" : "envoi.csv";
    }

    private Uni<Response> take(@Nullable Long list, Path file, String fileName, Said said, @Nullable String key) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw Problem.badRequest(
                    "idempotency-key",
                    "Envoyez l'en-tête Idempotency-Key, de 1 à 200 caractères visibles : le même envoi répété sous la même clé ne compte qu'une fois.");
        }
        Speaker speaker = Speaker.of(identity);
        LocalDate day = said.day(LocalDate.now(clock.withZone(FrenchCalendar.PARIS)));
        boolean complete = said.isComplete(list == null);
        String name = list == null ? said.listName() : "";
        return database.inTransaction(sql -> admit(sql, speaker, key).chain(() -> target(sql, speaker, list, day)))
                .chain(() -> intake.submit(new Submission(
                        file, UploadForm.cut(fileName), list, name, speaker.source(), day, complete, key, true, null)))
                .call(load -> database.inTransaction(sql -> AccessLog.recordProgram(
                        sql, AccessAction.LIST_SUBMITTED, "source:" + speaker.source() + " load:" + load)))
                .chain(load -> database.inTransaction(sql -> Loads.byId(sql, load)))
                .map(load -> received(Objects.requireNonNull(load)));
    }

    private static Response received(LoadView load) {
        String location = "/api/loads/" + load.id();
        return Response.accepted(new Received(load.id(), load.state(), location))
                .location(URI.create(location))
                .build();
    }

    /** Refuses what comes too fast; what was sent before under the same key may always be sent again. */
    private Uni<Void> admit(Sql sql, Speaker speaker, String key) {
        Instant since = clock.instant().minus(Duration.ofMinutes(1));
        return ListSources.isRepeated(sql, speaker.source(), key)
                .chain(repeated -> repeated
                        ? Nothing.happens()
                        : ListSources.traffic(sql, speaker.source(), since)
                                .invoke(this::refuseTooMany)
                                .replaceWithVoid());
    }

    private void refuseTooMany(SourceTraffic traffic) {
        if (traffic.lately() >= LOADS_A_MINUTE) {
            throw Problem.tooMany(
                    "Trop d'envois : %d par minute au plus. Regroupez les changements dans un même envoi, et attendez une minute."
                            .formatted(LOADS_A_MINUTE));
        }
        if (traffic.open() >= OPEN_LOADS) {
            throw Problem.tooMany(
                    "%d envois de cette source attendent déjà. Attendez qu'ils soient traités ou qu'un superviseur les ait examinés."
                            .formatted(OPEN_LOADS));
        }
    }

    private Uni<Void> target(Sql sql, Speaker speaker, @Nullable Long list, LocalDate day) {
        if (list == null) {
            return Nothing.happens();
        }
        return Lists.byId(sql, list)
                .invoke(found -> {
                    if (found == null) {
                        throw Problem.notFound(lists.noSuchList());
                    }
                    speaker.refuseOthers(found.sourceId());
                    if (day.isBefore(found.referenceDate())) {
                        throw Problem.badRequest(
                                "list-of-before",
                                states.listOfBefore(dayAndYear(day), dayAndYear(found.referenceDate())));
                    }
                })
                .replaceWithVoid();
    }
}
