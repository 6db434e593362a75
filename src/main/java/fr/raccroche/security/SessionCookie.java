package fr.raccroche.security;

import fr.raccroche.platform.PlatformConfig;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import org.jspecify.annotations.Nullable;

/** The cookie that carries a session; the database knows only its hash. */
@ApplicationScoped
class SessionCookie {

    private final boolean https;

    SessionCookie(PlatformConfig config) {
        this.https = "https".equals(config.publicUrl().getScheme());
    }

    private String name() {
        return https ? "__Host-raccroche" : "raccroche";
    }

    @Nullable
    String token(HttpServerRequest request) {
        Cookie cookie = request.getCookie(name());
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    NewCookie carrying(String token) {
        return builder().value(token).build();
    }

    NewCookie none() {
        return builder().value("").maxAge(0).build();
    }

    private NewCookie.Builder builder() {
        return new NewCookie.Builder(name())
                .path("/")
                .httpOnly(true)
                .secure(https)
                .sameSite(NewCookie.SameSite.LAX);
    }
}
