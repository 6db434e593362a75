package fr.raccroche.platform;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.WebApplicationException;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means to the one who asked: a status, a stable code, a French sentence.
 *
 * @param detail what happened, what is safe, what to do next; never anything of the program's inside
 */
record Failure(int status, String code, String detail) {

    private static final Failure DATABASE_AWAY = new Failure(
            503, "database-away", "La base de données ne répond pas. Rien n'est perdu : réessayez dans un instant.");
    /** A program without a token that works. */
    static final Failure NO_TOKEN = new Failure(
            401,
            "no-token",
            "Le jeton manque, est inconnu ou a été révoqué. Envoyez l'en-tête « Authorization: Bearer » suivi d'un jeton.");

    private static final Failure UNEXPECTED = new Failure(
            500,
            "unexpected",
            "Une erreur imprévue nous empêche de répondre. Ce qui était enregistré l'est toujours : réessayez, et si l'erreur revient, transmettez son numéro.");

    private static final Map<Integer, Failure> BY_STATUS = Map.of(
            400,
                    new Failure(
                            400,
                            "bad-request",
                            "La demande est incomplète ou mal formée. Revenez en arrière et vérifiez ce qui a été saisi."),
            401, new Failure(401, "not-signed-in", "Connectez-vous pour continuer."),
            403,
                    new Failure(
                            403,
                            "forbidden",
                            "Votre compte ne donne pas accès à cette page. Si vous en avez besoin, demandez à votre administrateur."),
            404, new Failure(404, "not-found", "Cette page n'existe pas, ou n'existe plus."),
            405,
                    new Failure(
                            405,
                            "method-not-allowed",
                            "Cette adresse ne s'ouvre pas de cette façon. Revenez à l'accueil."),
            406, new Failure(406, "not-acceptable", "Cette adresse ne répond pas dans le format demandé."),
            413,
                    new Failure(
                            413,
                            "too-large",
                            "Ce fichier est trop volumineux. Rien n'a été enregistré : découpez-le, puis réessayez."),
            415, new Failure(415, "unsupported-media-type", "Ce format n'est pas accepté ici."),
            503,
                    new Failure(
                            503,
                            "unavailable",
                            "Le service ne répond pas pour le moment. Rien n'est perdu : réessayez dans un instant."));

    /** The meaning of {@code failure}, looked for in its causes as well. */
    static Failure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Failure known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return UNEXPECTED;
    }

    /** The meaning of a bare status; unknown ones below 500 read as a wrong request. */
    static Failure of(int status) {
        Failure known = BY_STATUS.get(status);
        if (known != null) {
            return known;
        }
        return status < 500 ? new Failure(status, "bad-request", of(400).detail()) : UNEXPECTED;
    }

    /** Nobody could know this one: it is logged under a number that the person sees. */
    boolean isUnexpected() {
        return status >= 500 && status != 503;
    }

    public String title() {
        return switch (status) {
            case 401 -> "Connexion nécessaire";
            case 403 -> "Accès refusé";
            case 404 -> "Page introuvable";
            case 409 -> "Ce n'est plus possible";
            case 413 -> "Fichier trop volumineux";
            case 429 -> "Trop de tentatives";
            case 503 -> "Momentanément indisponible";
            default -> status < 500 ? "Demande incorrecte" : "Erreur imprévue";
        };
    }

    private static @Nullable Failure known(Throwable cause) {
        return switch (cause) {
            case Problem problem -> new Failure(problem.status(), problem.code(), problem.detail());
            case UnauthorizedException ignored -> of(401);
            case ForbiddenException ignored -> of(403);
            case WebApplicationException web -> of(web.getResponse().getStatus());
            case PgException database when meansAway(database.getSqlState()) -> DATABASE_AWAY;
            case ClosedConnectionException ignored -> DATABASE_AWAY;
            case SocketException ignored -> DATABASE_AWAY;
            case TimeoutException ignored -> DATABASE_AWAY;
            case io.smallrye.mutiny.TimeoutException ignored -> DATABASE_AWAY;
            default -> isPoolTimeout(cause) ? DATABASE_AWAY : null;
        };
    }

    /** Connection failures, shutdown, start-up, too many connections. */
    private static boolean meansAway(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08") || sqlState.startsWith("57P") || sqlState.equals("53300"));
    }

    /** The pool has no type of its own for a connection that did not come in time. */
    private static boolean isPoolTimeout(Throwable cause) {
        return cause.getClass().getName().startsWith("io.vertx.core.impl.NoStackTrace")
                && "Timeout".equals(cause.getMessage());
    }
}
