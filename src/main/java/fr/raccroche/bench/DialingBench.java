package fr.raccroche.bench;

import static java.util.Locale.ROOT;

import fr.raccroche.dialing.Claims;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.telephony.TwilioConfig;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Measures the dialer against bare SQL on the same server, in one run, with the same durability and the same tables:
 * lines {@code name ours limit ratio}. What both sides did is counted afterwards. Only a build that is made for it has this
 * bean: see {@code scripts/bench}.
 */
@ApplicationScoped
@IfBuildProperty(name = "raccroche.bench", stringValue = "true")
class DialingBench {

    private final Database database;
    private final Claims claims;
    private final Clock clock;
    private final PlatformConfig platform;
    private final TwilioConfig twilio;
    private final BenchConfig config;
    private final String user;
    private final String password;

    DialingBench(
            Database database,
            Claims claims,
            Clock clock,
            PlatformConfig platform,
            TwilioConfig twilio,
            BenchConfig config,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.database = database;
        this.claims = claims;
        this.clock = clock;
        this.platform = platform;
        this.twilio = twilio;
        this.config = config;
        this.user = user;
        this.password = password;
    }

    void start(@Observes @Priority(9000) StartupEvent event) {
        Thread.ofPlatform().name("dialing-bench").start(this::run);
    }

    private void run() {
        var server =
                new BenchDatabase("jdbc:postgresql://" + platform.database().address(), user, password);
        URI address = platform.publicUrl();
        try {
            switch (config.part()) {
                case CLAIMS -> new ClaimBench(database, claims, server, address, config, clock.instant()).measure();
                case EVENTS -> new BenchEvents(server, address, twilio, config.calls()).measure();
            }
            Quarkus.asyncExit(0);
        } catch (Exception e) {
            Log.error("The bench failed", e);
            Quarkus.asyncExit(1);
        }
    }

    @SuppressWarnings("SystemOut") // the result goes to the script that called
    static void print(String name, double ours, double limit, double ratio) {
        System.out.printf(ROOT, "%s %.1f %.1f %.2f%n", name, ours, limit, ratio);
    }
}
