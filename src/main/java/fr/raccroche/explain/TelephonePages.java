package fr.raccroche.explain;

import fr.raccroche.dialing.Dialer;
import fr.raccroche.dialing.Queue;
import fr.raccroche.explain.RestingNumbers.RestingNumber;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Noes;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.youth.Telephones;
import fr.raccroche.youth.Youths;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;

/**
 * Numbers on which somebody said no, or which may be somebody else's: who waits under them, and what a supervisor decides.
 * A number never stands in an address.
 */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
public class TelephonePages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance telephones(List<RestingNumber> undecided, List<RestingNumber> decided);
    }

    private static final int MOST = 100;
    private static final int LONGEST_REASON = 500;

    private final SecurityIdentity identity;
    private final Database database;
    private final Queue queue;
    private final Dialer dialer;
    private final Clock clock;

    TelephonePages(SecurityIdentity identity, Database database, Queue queue, Dialer dialer, Clock clock) {
        this.identity = identity;
        this.database = database;
        this.queue = queue;
        this.dialer = dialer;
        this.clock = clock;
    }

    @GET
    @Path("/telephones")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> telephones() {
        return database.inTransaction(sql -> Telephones.recall(sql)
                .chain(() -> RestingNumbers.undecided(sql, MOST))
                .chain(undecided ->
                        RestingNumbers.decided(sql, MOST).map(decided -> Templates.telephones(undecided, decided))));
    }

    /** The undecided ones for programs that stand in for a supervisor. */
    @GET
    @Path("/telephones.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<RestingNumber>> undecided() {
        return database.inTransaction(sql -> Telephones.recall(sql).chain(() -> RestingNumbers.undecided(sql, MOST)));
    }

    /** It may be called again: those who wait are due. */
    @POST
    @Path("/telephones/released")
    public Uni<Response> release(@RestForm @DefaultValue("") String e164, @RestForm @DefaultValue("") String why) {
        return decide(
                e164,
                (sql, account, now) ->
                        Telephones.release(sql, e164, account.id(), reason(why, "Peut être appelé"), now));
    }

    /** It is left alone for good: those who wait are called on another of their numbers, or have none left. */
    @POST
    @Path("/telephones/kept")
    public Uni<Response> keep(@RestForm @DefaultValue("") String e164, @RestForm @DefaultValue("") String why) {
        return decide(
                e164,
                (sql, account, now) -> Telephones.keep(sql, e164, account.id(), reason(why, "Ne plus appeler"), now));
    }

    /** The no that was heard there is this youth's, too. */
    @POST
    @Path("/telephones/objections")
    public Uni<Response> object(@RestForm long youth) {
        Account account = Account.of(identity);
        Instant now = clock.instant();
        return database.inTransaction(sql -> Youths.file(sql, youth)
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound("Ce jeune n'existe pas."))
                        .chain(() -> Noes.decided(sql, youth, now))
                        .chain(() -> AccessLog.record(sql, account, AccessAction.NUMBER_DECIDED, "youth:" + youth)))
                .replaceWith(TelephonePages::back);
    }

    private interface Decision {
        /** False when the number does not rest. */
        Uni<Boolean> take(Sql sql, Account account, Instant now);
    }

    private Uni<Response> decide(String e164, Decision decision) {
        Account account = Account.of(identity);
        Instant now = clock.instant();
        return database.inTransaction(sql -> decision.take(sql, account, now)
                        .chain(rested -> rested
                                ? queue.comeBack(sql, e164, now)
                                        .chain(() -> AccessLog.record(sql, account, AccessAction.NUMBER_DECIDED, null))
                                : Uni.createFrom().voidItem()))
                .invoke(dialer::nudge)
                .replaceWith(TelephonePages::back);
    }

    private static String reason(String why, String usual) {
        if (why.length() > LONGEST_REASON) {
            throw Problem.badRequest("reason-too-long", "Ce motif dépasse 500 caractères.");
        }
        return why.isBlank() ? usual : why.strip();
    }

    private static Response back() {
        return Response.seeOther(URI.create("/telephones")).build();
    }
}
