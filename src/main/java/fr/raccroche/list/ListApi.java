package fr.raccroche.list;

import static fr.raccroche.platform.French.dayAndYear;

import fr.raccroche.list.Lists.LoadView;
import fr.raccroche.list.SourceMechanism.Speaker;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.table.Refused;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Json;
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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
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

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int NAME_LENGTH = 120;
    private static final int LOADS_A_MINUTE = 60;
    private static final int OPEN_LOADS = 100;
    private static final int REJECTS_AT_ONCE = 500;
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    private final Database database;
    private final ListLoads loads;
    private final Json json;
    private final SourceMessages messages;
    private final ListMessages lists;
    private final LoadMessages states;
    private final SecurityIdentity identity;
    private final Clock clock;

    ListApi(
            Database database,
            ListLoads loads,
            Json json,
            SourceMessages messages,
            ListMessages lists,
            LoadMessages states,
            SecurityIdentity identity,
            Clock clock) {
        this.database = database;
        this.loads = loads;
        this.json = json;
        this.messages = messages;
        this.lists = lists;
        this.states = states;
        this.identity = identity;
        this.clock = clock;
    }

    /** What was received: where to ask what became of it. */
    record Received(long id, Load.State state, String location) {}

    /** How many rows did what; see {@link Preview}. */
    record Counts(
            int rows,
            int created,
            int joined,
            int back,
            int changed,
            int unchanged,
            int withdrawn,
            int rejected,
            int doubtful,
            int followed,
            int corrected,
            int dropped) {

        static Counts of(Preview preview) {
            return new Counts(
                    preview.rows(),
                    preview.created(),
                    preview.joined(),
                    preview.back(),
                    preview.changed(),
                    preview.unchanged(),
                    preview.withdrawn(),
                    preview.rejected(),
                    preview.doubtful(),
                    preview.followed(),
                    preview.corrected(),
                    preview.warnings());
        }
    }

    record Reject(int line, String field, RowIssue code, String reason) {}

    record Refusal(String code, String detail) {}

    /** @param next where further rejected rows are; null when these are the last */
    record Rejects(int count, List<Reject> rows, @Nullable String next) {}

    /** @param advice what happens next or who has to do something, in French */
    record Answer(
            long id,
            Load.State state,
            String advice,
            @Nullable Long list,
            @Nullable Integer version,
            String name,
            boolean complete,
            @Nullable Counts counts,
            @Nullable Refusal refusal,
            Rejects rejected) {}

    /** What was said about a file, as it was said. */
    private record Said(
            @Nullable String name,
            @Nullable String complete,
            @Nullable String referenceDate) {

        Said orElse(Said other) {
            return new Said(
                    name == null ? other.name : name,
                    complete == null ? other.complete : complete,
                    referenceDate == null ? other.referenceDate : referenceDate);
        }
    }

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
            throw Problem.badRequest("file-missing", messages.fileMissing());
        }
        return take(list, file.uploadedFile(), file.fileName(), said, key);
    }

    /** A file as it is, or JSON rows. */
    @POST
    @jakarta.ws.rs.Path("lists")
    @Consumes({"text/csv", "text/plain", XLSX, MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
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
    @Consumes({"text/csv", "text/plain", XLSX, MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
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
                JsonRows.Head head = JsonRows.write(body, file, messages);
                all = new Said(head.name(), head.complete(), head.referenceDate()).orElse(said);
            } else {
                try (var out = Files.newOutputStream(file)) {
                    if (body.transferTo(out) == 0) {
                        throw Problem.badRequest("body-empty", messages.bodyEmpty());
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
            throw Problem.badRequest("idempotency-key", messages.keyMissing());
        }
        Speaker speaker = speaker();
        LocalDate day = date(said.referenceDate());
        boolean complete = complete(said.complete(), list == null);
        String name = list == null ? name(said.name()) : "";
        return database.inTransaction(sql -> admit(sql, speaker, key).chain(() -> target(sql, speaker, list, day)))
                .chain(() -> loads.submit(new ListLoads.Submission(
                        file, cut(fileName), list, name, speaker.source(), day, complete, key, true, null)))
                .call(load -> database.inTransaction(sql -> AccessLog.recordProgram(
                        sql, AccessAction.LIST_SUBMITTED, "source:" + speaker.source() + " load:" + load)))
                .chain(load -> database.inTransaction(sql -> Lists.load(sql, load)))
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
        return Lists.isRepeated(sql, speaker.source(), key)
                .chain(repeated -> repeated
                        ? Nothing.happens()
                        : Lists.traffic(sql, speaker.source(), since)
                                .invoke(this::refuseTooMany)
                                .replaceWithVoid());
    }

    private void refuseTooMany(Lists.Traffic traffic) {
        if (traffic.lately() >= LOADS_A_MINUTE) {
            throw Problem.tooMany(messages.tooMany(LOADS_A_MINUTE));
        }
        if (traffic.open() >= OPEN_LOADS) {
            throw Problem.tooMany(messages.tooManyOpen(OPEN_LOADS));
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
                    refuseOthers(speaker, found.sourceId());
                    if (day.isBefore(found.referenceDate())) {
                        throw Problem.badRequest(
                                "list-of-before",
                                states.listOfBefore(dayAndYear(day), dayAndYear(found.referenceDate())));
                    }
                })
                .replaceWithVoid();
    }

    private void refuseOthers(Speaker speaker, @Nullable Long source) {
        if (source == null || source != speaker.source()) {
            throw Problem.forbidden("wrong-source", messages.wrongSource(speaker.name()));
        }
    }

    private Speaker speaker() {
        if (identity.getPrincipal() instanceof Speaker speaker) {
            return speaker;
        }
        throw new IllegalStateException("A source without its token");
    }

    private LocalDate date(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return LocalDate.now(clock.withZone(FrenchCalendar.PARIS));
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("reference-date", messages.dateWrong());
        }
    }

    private boolean complete(@Nullable String text, boolean otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.badRequest("complete", messages.completeWrong());
        };
    }

    private String name(@Nullable String text) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty() || name.length() > NAME_LENGTH) {
            throw Problem.badRequest("name", messages.listNameMissing());
        }
        return name;
    }

    private static String cut(String name) {
        return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH);
    }

    /**
     * Where a load stands.
     *
     * @param after the last line of rejected rows that is already known
     */
    @GET
    @jakarta.ws.rs.Path("loads/{id:\\d+}")
    public Uni<Answer> load(long id, @RestQuery @DefaultValue("0") String after) {
        Speaker speaker = speaker();
        int line = line(after);
        return database.inTransaction(sql -> Lists.load(sql, id).chain(load -> {
            if (load == null) {
                throw Problem.notFound(messages.noSuchLoad());
            }
            refuseOthers(speaker, load.sourceId());
            return Lists.rejects(sql, id, null, line, REJECTS_AT_ONCE).map(rejects -> answer(load, rejects));
        }));
    }

    private int line(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("after", messages.afterWrong());
        }
    }

    private Answer answer(LoadView load, List<Lists.Reject> rejects) {
        List<Reject> rows = rejects.stream()
                .map(reject -> new Reject(reject.line(), reject.field(), reject.issue(), reject.reason(lists)))
                .toList();
        String next = rows.size() < REJECTS_AT_ONCE
                ? null
                : "/api/loads/%d?after=%d".formatted(load.id(), rows.getLast().line());
        return new Answer(
                load.id(),
                load.state(),
                states.next(load.state()),
                load.listId(),
                load.version(),
                load.listName(),
                load.complete(),
                load.preview() == null ? null : Counts.of(preview(load.preview())),
                refusal(load),
                new Rejects(load.rowsRejected(), rows, next));
    }

    private @Nullable Refusal refusal(LoadView load) {
        String code = load.refusal();
        if (code == null || load.state() != Load.State.REFUSED) {
            return null;
        }
        String detail = Arrays.stream(Refused.Reason.values())
                .filter(reason -> reason.name().equals(code))
                .map(reason -> loads.sentence(reason, load.refusalDetail()))
                .findFirst()
                .orElse(states.failed());
        return new Refusal(code, detail);
    }

    private Preview preview(String text) {
        return json.read(text, Preview.class);
    }
}
