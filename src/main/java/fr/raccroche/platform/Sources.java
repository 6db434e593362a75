package fr.raccroche.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** The only places where time and randomness enter the program. */
@ApplicationScoped
class Sources {

    @Produces
    @Singleton
    Clock clock(PlatformConfig config) {
        Clock system = Clock.systemUTC();
        return config.clockFile()
                .<Clock>map(file -> BusinessClock.open(file, system))
                .orElse(system);
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }
}
