package fr.raccroche;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts a node: prepares what is not configured (database, simulator, demo), then runs the application. */
@QuarkusMain
public final class Raccroche {

    private Raccroche() {}

    public static void main(String... args) {
        Quarkus.run(args);
    }
}
