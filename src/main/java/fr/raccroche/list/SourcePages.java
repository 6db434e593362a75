package fr.raccroche.list;

import fr.raccroche.platform.Database;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
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
    private final SecurityIdentity identity;
    private final Clock clock;

    SourcePages(Database database, Tokens tokens, SecurityIdentity identity, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.identity = identity;
        this.clock = clock;
    }

    /** A token shown this once. */
    record Handover(String source, String label, String token) {}

    record SourceLine(SourceView source, List<SourceToken> tokens) {}

    record SourcesView(
            List<SourceLine> sources,
            boolean supervisor,
            @Nullable Handover handover,
            @Nullable String problem) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance sources(SourcesView view);
    }

    @GET
    @Path("lists/sources")
    public Uni<TemplateInstance> sources() {
        return page(null, null);
    }

    private Uni<TemplateInstance> page(@Nullable Handover handover, @Nullable String problem) {
        boolean supervisor = Account.of(identity).role() == Role.SUPERVISOR;
        return database.inTransaction(SourcePages::lines)
                .map(lines -> Templates.sources(new SourcesView(lines, supervisor, handover, problem)));
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
    public Uni<Response> create(@RestForm @Nullable String name) {
        String given = text(name);
        if (given.isEmpty()) {
            return refused("Donnez un nom à l'expéditeur.");
        }
        Account account = Account.of(identity);
        return database.inTransaction(sql -> ListSources.named(sql, given, account.id(), clock.instant())
                        .chain(id -> AccessLog.record(sql, account, AccessAction.SOURCE_CREATED, "source:" + id)))
                .replaceWith(toSources());
    }

    @POST
    @Path("lists/sources/{id:\\d+}/tokens")
    public Uni<Response> addToken(long id, @RestForm @Nullable String label) {
        String given = text(label);
        if (given.isEmpty()) {
            return refused("Dites à quoi sert ce jeton, par exemple le nom du logiciel qui l'emploiera.");
        }
        Account account = Account.of(identity);
        String token = PREFIX + tokens.next();
        return database.inTransaction(sql -> ListSources.addToken(
                                sql, id, given, SourceMechanism.hash(token), account.id(), clock.instant())
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound("Cet expéditeur n'existe pas."))
                        .chain(made -> AccessLog.record(sql, account, AccessAction.TOKEN_CREATED, "token:" + made))
                        .chain(() -> ListSources.all(sql)))
                .chain(sources -> page(new Handover(name(sources, id), given, token), null))
                .map(page -> Response.ok(page).build());
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

    private Uni<Response> refused(String problem) {
        return page(null, problem)
                .map(page -> Response.status(Response.Status.BAD_REQUEST)
                        .entity(page)
                        .build());
    }

    private static Response toSources() {
        return Response.seeOther(URI.create("/lists/sources")).build();
    }

    private static String text(@Nullable String text) {
        String stripped = Objects.requireNonNullElse(text, "").strip();
        return stripped.length() <= NAME_LENGTH ? stripped : stripped.substring(0, NAME_LENGTH);
    }
}
