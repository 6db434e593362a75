package fr.raccroche.list;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Forms;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who draws lists, and the tokens with which their systems send changes by themselves. */
@Path("/")
@RolesAllowed({Role.IS_SUPERVISOR, Role.IS_ADMIN})
@Produces(MediaType.TEXT_HTML)
class SourcePages {

    private static final int NAME_LENGTH = 120;
    /** Says in a leaked file what it is. */
    private static final String PREFIX = "raccroche_";

    private final Database database;
    private final Tokens tokens;
    private final Forms forms;
    private final SecurityIdentity identity;
    private final Clock clock;

    SourcePages(Database database, Tokens tokens, Forms forms, SecurityIdentity identity, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.forms = forms;
        this.identity = identity;
        this.clock = clock;
    }

    /** A token shown this once. */
    record Handover(String source, String label, String token) {}

    record SourceLine(SourceView source, List<SourceToken> tokens) {}

    record SourcesView(
            List<SourceLine> sources,
            boolean supervisor,
            @Nullable Handover handover) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance sources(SourcesView view);
    }

    @GET
    @Path("lists/sources")
    public Uni<TemplateInstance> sources() {
        return page(null);
    }

    private Uni<TemplateInstance> page(@Nullable Handover handover) {
        boolean supervisor = Account.of(identity).role() == Role.SUPERVISOR;
        return database.inTransaction(SourcePages::lines)
                .map(lines -> Templates.sources(new SourcesView(lines, supervisor, handover)));
    }

    private static Uni<List<SourceLine>> lines(Sql sql) {
        return ListSources.views(sql).chain(sources -> ListSources.tokens(sql).map(tokens -> lines(sources, tokens)));
    }

    private static List<SourceLine> lines(List<SourceView> sources, List<SourceToken> tokens) {
        Map<Long, List<SourceToken>> bySource = tokens.stream().collect(Collectors.groupingBy(SourceToken::sourceId));
        return sources.stream()
                .map(source -> new SourceLine(source, bySource.getOrDefault(source.id(), List.of())))
                .toList();
    }

    @POST
    @Path("lists/sources")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> create(MultivaluedMap<String, String> typed) {
        Account account = Account.of(identity);
        Uni<Response> created = Uni.createFrom()
                .item(() -> given(typed, "name", "Donnez un nom à l'expéditeur."))
                .chain(name -> database.inTransaction(sql -> ListSources.named(sql, name, account.id(), clock.instant())
                        .chain(id -> AccessLog.record(sql, account, AccessAction.SOURCE_CREATED, "source:" + id))))
                .replaceWith(toSources());
        return forms.answerPeople(created, typed, this::sources);
    }

    @POST
    @Path("lists/sources/{id:\\d+}/tokens")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> addToken(long id, MultivaluedMap<String, String> typed) {
        Account account = Account.of(identity);
        String token = PREFIX + tokens.next();
        Uni<Response> added = Uni.createFrom()
                .item(() -> given(
                        typed, "label", "Dites à quoi sert ce jeton, par exemple le nom du logiciel qui l'emploiera."))
                .chain(label -> database.inTransaction(sql -> addToken(sql, id, label, token, account))
                        .chain(source -> page(new Handover(source, label, token))))
                .map(page -> Response.ok(page).build());
        return forms.answerPeople(added, typed, this::sources);
    }

    /** The name of the source. */
    private Uni<String> addToken(Sql sql, long id, String label, String token, Account account) {
        return ListSources.addToken(sql, id, label, SourceMechanism.hash(token), account.id(), clock.instant())
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("Cet expéditeur n'existe pas."))
                .chain(made -> AccessLog.record(sql, account, AccessAction.TOKEN_CREATED, "token:" + made))
                .chain(() -> ListSources.all(sql))
                .map(sources -> name(sources, id));
    }

    private static String name(List<ListSource> sources, long id) {
        return sources.stream()
                .filter(source -> source.id() == id)
                .map(ListSource::name)
                .findFirst()
                .orElse("");
    }

    @POST
    @Path("lists/sources/tokens/{id:\\d+}/revoke")
    public Uni<Response> revoke(long id) {
        Account account = Account.of(identity);
        return database.inTransaction(sql -> ListSources.revoke(sql, id, clock.instant())
                        .invoke(revoked -> {
                            if (!revoked) {
                                throw Problem.notFound("Ce jeton n'existe pas ou est déjà révoqué.");
                            }
                        })
                        .chain(() -> AccessLog.record(sql, account, AccessAction.TOKEN_REVOKED, "token:" + id)))
                .replaceWith(toSources());
    }

    private static Response toSources() {
        return Response.seeOther(URI.create("/lists/sources")).build();
    }

    private static String given(MultivaluedMap<String, String> typed, String field, String missing) {
        String text = Objects.requireNonNullElse(typed.getFirst(field), "").strip();
        if (text.isEmpty()) {
            throw Problem.badRequest("bad-" + field, missing);
        }
        return text.length() <= NAME_LENGTH ? text : text.substring(0, NAME_LENGTH);
    }
}
