package fr.raccroche.security;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every route has a rule, and the rule is the one written down here. */
@ApplicationTest
class RulesTest {

    private static final Set<String> EVERYBODY = Set.of("EVERYBODY");
    private static final Set<String> SIGNED_IN = Set.of("SIGNED_IN");
    /** Nobody without the signature of Twilio, whoever is signed in. */
    private static final Set<String> SIGNATURE = Set.of("SIGNATURE");

    /** Nobody without the token of a program, whoever is signed in. */
    private static final Set<String> TOKEN = Set.of("TOKEN");

    /** Who may use which route. A new route is added here, on purpose. */
    private static final Map<String, Set<String>> ALLOWED = allowed("""
            GET  /                                      EVERYBODY
            GET  /login                                 EVERYBODY
            POST /login                                 EVERYBODY
            POST /logout                                EVERYBODY
            GET  /first-admin                           EVERYBODY
            POST /first-admin                           EVERYBODY
            GET  /account                               SIGNED_IN
            POST /account/password                      SIGNED_IN
            GET  /admin                                 ADMIN
            GET  /admin/structures                      ADMIN
            POST /admin/accounts                        ADMIN
            POST /admin/accounts/{id}/disable           ADMIN
            POST /admin/accounts/{id}/enable            ADMIN
            POST /admin/accounts/{id}/password          ADMIN
            GET  /lists                                 SUPERVISOR
            POST /lists                                 SUPERVISOR
            GET  /lists/columns                         SUPERVISOR
            GET  /lists.json                            SUPERVISOR
            GET  /lists/{id}                            SUPERVISOR
            GET  /lists/{id}/quality                    SUPERVISOR
            GET  /lists/{id}/quality.xlsx               SUPERVISOR
            GET  /lists/{list}/review                   SUPERVISOR
            POST /lists/{list}/review/{row}             SUPERVISOR
            POST /lists/{list}/review/{row}/undo        SUPERVISOR
            GET  /lists/loads                           SUPERVISOR
            GET  /lists/loads/{id}                      SUPERVISOR
            GET  /lists/loads/{id}.json                 SUPERVISOR
            GET  /lists/loads/{id}/progress             SUPERVISOR
            GET  /lists/loads/{id}/rejects              SUPERVISOR
            POST /lists/loads/{id}/mapping              SUPERVISOR
            POST /lists/loads/{id}/target               SUPERVISOR
            POST /lists/loads/{id}/columns              SUPERVISOR
            POST /lists/loads/{id}/confirm              SUPERVISOR
            POST /lists/loads/{id}/cancel               SUPERVISOR
            POST /lists/loads/{id}/undo                 SUPERVISOR
            GET  /lists/sources                         SUPERVISOR ADMIN
            POST /lists/sources                         SUPERVISOR ADMIN
            POST /lists/sources/{id}/tokens             SUPERVISOR ADMIN
            POST /lists/sources/tokens/{id}/revoke      SUPERVISOR ADMIN
            GET  /lists/api                             EVERYBODY
            POST /api/lists                             TOKEN
            POST /api/lists/{id}/versions               TOKEN
            GET  /api/loads/{id}                        TOKEN
            GET  /campaigns                             SUPERVISOR
            POST /campaigns                             SUPERVISOR
            GET  /campaigns/new                         SUPERVISOR
            GET  /campaigns/{id}                        SUPERVISOR
            GET  /campaigns/{id}/edit                   SUPERVISOR
            POST /campaigns/{id}/edit                   SUPERVISOR
            POST /campaigns/{id}/delete                 SUPERVISOR
            POST /campaigns/{id}/start                  SUPERVISOR
            POST /campaigns/{id}/pause                  SUPERVISOR
            POST /campaigns/{id}/resume                 SUPERVISOR
            GET  /campaigns/{id}/closing                SUPERVISOR
            POST /campaigns/{id}/close                  SUPERVISOR
            POST /campaigns/{id}/numbers                SUPERVISOR
            GET  /messages                              SUPERVISOR
            POST /messages/{id}/handled                 SUPERVISOR
            POST /messages/texts/{id}/handled           SUPERVISOR
            GET  /telephones                            SUPERVISOR
            GET  /messages/texts.json                   SUPERVISOR
            GET  /telephones.json                       SUPERVISOR
            POST /telephones/released                   SUPERVISOR
            POST /telephones/kept                       SUPERVISOR
            POST /telephones/objections                 SUPERVISOR
            GET  /messages/{id}/recording               SUPERVISOR
            GET  /numbers                               SUPERVISOR ADMIN
            POST /numbers                               ADMIN
            GET  /campaigns/{id}/mode                   SUPERVISOR
            POST /campaigns/{id}/mode                   SUPERVISOR
            POST /campaigns/{id}/plan                   SUPERVISOR
            POST /campaigns/{id}/plan/preview           SUPERVISOR
            GET  /campaigns/{id}/texts                  SUPERVISOR ADMIN
            POST /campaigns/{id}/texts                  SUPERVISOR ADMIN
            GET  /r/{token}                             EVERYBODY
            POST /r/{token}/call                        EVERYBODY
            POST /r/{token}/solution                    EVERYBODY
            POST /r/{token}/number                      EVERYBODY
            GET  /r/{token}/stop                        EVERYBODY
            POST /r/{token}/stop                        EVERYBODY
            GET  /youths                                SUPERVISOR
            POST /youths                                SUPERVISOR
            GET  /youths/{id}/calls                     SUPERVISOR AGENT
            POST /youths/{id}/links/revoke              SUPERVISOR
            POST /youths/{id}/objection/lift            SUPERVISOR
            GET  /youths/{id}/calls.json                SUPERVISOR AGENT
            GET  /campaigns/{id}/unreachable.csv        SUPERVISOR
            GET  /supervision/callbacks                 SUPERVISOR
            GET  /supervision                           SUPERVISOR
            GET  /supervision/board                     SUPERVISOR
            GET  /supervision/youths                    SUPERVISOR
            GET  /supervision/state                     SUPERVISOR
            GET  /supervision/events                    SUPERVISOR
            GET  /desk                                  AGENT
            GET  /desk/status                           AGENT
            GET  /desk/work                             AGENT
            GET  /desk/state                            AGENT
            GET  /desk/family.json                      AGENT
            GET  /desk/events                           AGENT
            GET  /desk/voice-token                      AGENT
            POST /desk/presence                         AGENT
            POST /desk/call                             AGENT
            POST /desk/pass                             AGENT
            POST /desk/hangup                           AGENT
            POST /desk/message                          AGENT
            POST /desk/outcome                          AGENT
            POST /desk/draft                            AGENT
            POST /desk/seen                             AGENT
            POST /desk/number                           AGENT
            GET  /desk/last                             AGENT
            GET  /desk/last/{attempt}                   AGENT
            POST /desk/last/{attempt}                   AGENT
            GET  /corrections/{attempt}                 SUPERVISOR
            POST /corrections/{attempt}                 SUPERVISOR
            GET  /desk/slots                            AGENT
            GET  /desk/callbacks                        AGENT
            POST /desk/caller/search                    AGENT
            POST /desk/caller/identify                  AGENT
            POST /desk/caller/dismiss                   AGENT
            GET  /handoffs                              PARTNER SUPERVISOR
            GET  /handoffs.json                         PARTNER SUPERVISOR
            GET  /handoffs/{id}                         PARTNER SUPERVISOR
            POST /handoffs/{id}/report                  PARTNER
            POST /handoffs/{id}/assign                  SUPERVISOR
            POST /handoffs/{id}/note                    PARTNER SUPERVISOR
            POST /handoffs/{id}/reopen                  PARTNER SUPERVISOR
            POST /handoffs/{id}/seen                    SUPERVISOR
            GET  /unreachable                           PARTNER SUPERVISOR
            GET  /unreachable/list.csv                  PARTNER SUPERVISOR
            GET  /unreachable/list.xlsx                 PARTNER SUPERVISOR
            POST /unreachable/{campaign}/{youth}/seen   SUPERVISOR
            POST /unreachable/{campaign}/{youth}/unseen SUPERVISOR
            POST /simulation/clock                      SUPERVISOR ADMIN
            POST /webhooks/twilio/agent                 SIGNATURE
            POST /webhooks/twilio/answer/{token}        SIGNATURE
            POST /webhooks/twilio/apology               SIGNATURE
            POST /webhooks/twilio/call/{token}          SIGNATURE
            POST /webhooks/twilio/call/{token}/answered-by SIGNATURE
            POST /webhooks/twilio/conference/{identity} SIGNATURE
            POST /webhooks/twilio/inbound               SIGNATURE
            POST /webhooks/twilio/inbound/choice        SIGNATURE
            POST /webhooks/twilio/inbound/message       SIGNATURE
            POST /webhooks/twilio/inbound/status        SIGNATURE
            POST /webhooks/twilio/sms                   SIGNATURE
            POST /webhooks/twilio/sms/{token}           SIGNATURE
            """);

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("fr.raccroche");

    @Inject
    TestingAccounts accounts;

    private record Route(String method, String path, JavaMethod code) {
        String name() {
            return method + " " + path;
        }
    }

    @Test
    void everyRouteHasARule() {
        assertThat(routes()).isNotEmpty().filteredOn(route -> !hasRule(route)).isEmpty();
    }

    @Test
    void everyRouteIsPublicOrItWouldNotBeThere() {
        assertThat(routes())
                .filteredOn(route -> !route.code().getModifiers().contains(JavaModifier.PUBLIC))
                .isEmpty();
    }

    @Test
    void everyRouteIsInTheTableAndTheTableHasNoOther() {
        assertThat(routes().stream().map(Route::name).distinct()).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    /** Then the answers below prove that nobody is served there without one. */
    @Test
    void everyRouteOfTwilioAsksForASignature() {
        assertThat(ALLOWED)
                .allSatisfy((route, allowed) -> assertThat(allowed.equals(SIGNATURE))
                        .as(route)
                        .isEqualTo(route.contains(" /webhooks/twilio/")));
    }

    @Test
    void everyRoleGetsTheAnswerWrittenInTheTable() {
        var wrong = new TreeMap<String, String>();
        try (var client = HttpClient.newHttpClient()) {
            for (Route route : routes()) {
                Set<String> allowed = ALLOWED.getOrDefault(route.name(), Set.of());
                for (Role role : Role.values()) {
                    int status = status(client, route, accounts.signedIn(role).session());
                    boolean may =
                            allowed.equals(EVERYBODY) || allowed.equals(SIGNED_IN) || allowed.contains(role.name());
                    if (may ? refused(allowed, status) : status != (allowed.equals(TOKEN) ? 401 : 403)) {
                        wrong.put(role + " " + route.name(), "answered " + status);
                    }
                }
                int status = status(client, route, "nobody");
                if (allowed.equals(EVERYBODY) ? status == 403 : status != (allowed.equals(SIGNATURE) ? 403 : 401)) {
                    wrong.put("nobody " + route.name(), "answered " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The sign-in page itself answers 401 to everybody whose password is wrong. */
    private static boolean refused(Set<String> allowed, int status) {
        return status == 403 || (status == 401 && !allowed.equals(EVERYBODY));
    }

    /** As a program of ours would ask, so that refusals are plain statuses; streams are left at their first line. */
    private static int status(HttpClient client, Route route, String session) {
        var request = HttpRequest.newBuilder(
                        URI.create(TestingNode.PRODUCT + route.path().replaceAll("\\{[^}]*}", "0")))
                .timeout(Duration.ofSeconds(20))
                .header("Cookie", TestingAccounts.COOKIE + "=" + session)
                .header("Origin", TestingNode.PRODUCT)
                .header("Accept", "*/*")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(route.method(), HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(route.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Route> routes() {
        return CODE.that(resideInAPackage("fr.raccroche..")).stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .flatMap(type -> type.getMethods().stream())
                .flatMap(RulesTest::route)
                .toList();
    }

    private static Stream<Route> route(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(annotation -> annotation.getRawType())
                .filter(type -> type.isMetaAnnotatedWith(HttpMethod.class) || type.isAnnotatedWith(HttpMethod.class))
                .map(type -> new Route(type.getSimpleName(), path(method), method));
    }

    private static String path(JavaMethod method) {
        String all = pathOf(method.getOwner()) + "/"
                + method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        String path = all.replaceAll("/+", "/").replaceAll("(?<=.)/$", "").replaceAll("\\{\\s*(\\w+)[^}]*}", "{$1}");
        return path.startsWith("/") ? path : "/" + path;
    }

    private static String pathOf(JavaClass type) {
        return "/" + type.getAnnotationOfType(Path.class).value();
    }

    private static boolean hasRule(Route route) {
        return Stream.of(RolesAllowed.class, PermitAll.class, Authenticated.class, DenyAll.class)
                .anyMatch(rule -> route.code().isAnnotatedWith(rule)
                        || route.code().getOwner().isAnnotatedWith(rule));
    }

    private static Map<String, Set<String>> allowed(String table) {
        var allowed = new LinkedHashMap<String, Set<String>>();
        table.lines()
                .map(line -> line.strip().split("\\s+"))
                .forEach(words ->
                        allowed.put(words[0] + " " + words[1], who(Arrays.copyOfRange(words, 2, words.length))));
        return allowed;
    }

    private static Set<String> who(String... words) {
        return switch (words[0]) {
            case "EVERYBODY" -> EVERYBODY;
            case "SIGNED_IN" -> SIGNED_IN;
            case "SIGNATURE" -> SIGNATURE;
            case "TOKEN" -> TOKEN;
            default -> Set.of(words);
        };
    }
}
