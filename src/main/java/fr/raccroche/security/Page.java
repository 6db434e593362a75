package fr.raccroche.security;

import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.Forms;
import fr.raccroche.platform.French;
import fr.raccroche.platform.PlatformConfig;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the frame around every page shows; in templates {@code {inject:page.…}}. */
@Named("page")
@RequestScoped
public class Page {

    private static final Duration NOTICEABLE = Duration.ofMinutes(1);

    private final CurrentVertxRequest request;
    private final Assets assets;
    private final Clock clock;
    private final PlatformConfig config;

    Page(CurrentVertxRequest request, Assets assets, Clock clock, PlatformConfig config) {
        this.request = request;
        this.assets = assets;
        this.clock = clock;
        this.config = config;
    }

    /** One entry of the navigation. */
    public record MenuEntry(String label, String href, boolean current) {}

    /** The signed-in person, or null. */
    public @Nullable Account account() {
        return routing().user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().getPrincipal() instanceof Account account
                ? account
                : null;
    }

    /** Where the product's name leads. */
    public String home() {
        Account account = account();
        return account == null ? "/login" : account.role().home();
    }

    /** The pages of the person's role, the shown one marked. */
    public List<MenuEntry> navigation() {
        Account account = account();
        return account == null
                ? List.of()
                : account.role().sections().stream().map(this::entry).toList();
    }

    private MenuEntry entry(Role.Section section) {
        String path = routing().normalizedPath();
        return new MenuEntry(
                section.label(), section.path(), path.equals(section.path()) || path.startsWith(section.path() + "/"));
    }

    /** Allows one inline script or style of this answer; pages of other packages need none. */
    public String nonce() {
        return AnswerHeaders.nonce(routing());
    }

    /** The sentence that says this is not real life, or null when it is. */
    public @Nullable String banner() {
        boolean ahead =
                clock instanceof BusinessClock business && business.ahead().compareTo(NOTICEABLE) > 0;
        if (!config.demo() && !ahead && config.softphoneUrl().isPresent()) {
            return "Téléphonie simulée : aucun téléphone ne sonne.";
        }
        return config.demo() || ahead
                ? "Démonstration — horloge : %s. Personnes et numéros fictifs."
                        .formatted(French.dayAndTime(clock.instant()))
                : null;
    }

    /** Whether somebody's form was just kept, and this page is to say so. */
    public boolean saved() {
        return Forms.saysSaved(routing());
    }

    public String bootstrap() {
        return assets.bootstrap();
    }

    public String htmx() {
        return assets.htmx();
    }

    /** The address of one of our own static files, changing with its content: {@code asset('desk.js')}. */
    public String asset(String name) {
        return assets.own(name);
    }

    private RoutingContext routing() {
        return request.getCurrent();
    }
}
