package fr.raccroche.platform;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ends of a chain at which nothing is to be done. */
public final class Nothing {

    private Nothing() {}

    public static Uni<Void> happens() {
        return Uni.createFrom().voidItem();
    }

    /** Null, for whoever looks for something. */
    public static <T> Uni<@Nullable T> found() {
        return Uni.createFrom().nullItem();
    }

    /**
     * Nothing, and a line in the log, in place of a failure: for work that a later round does again.
     *
     * @param undone what could not be done, as the beginning of a sentence: "The lines could not be checked"
     */
    public static Function<Throwable, Uni<? extends Void>> but(String undone) {
        return failure -> {
            Log.warnf(
                    "%s (%s). Will be tried again.", undone, failure.getClass().getSimpleName());
            return happens();
        };
    }
}
