package fr.raccroche.personal;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of an answer, and of the wish to see the page. */
sealed interface Result {

    /** The page. */
    record Shown(PersonalView view) implements Result {}

    /** Done, or done before. */
    record Done(
            PersonalView view, ReportKind kind, @Nullable Instant callAt) implements Result {}

    /** Not done: {@code why} says what to do instead. */
    record Refused(PersonalView view, Obstacle why) implements Result {}

    /** The link opens nothing. */
    record Unknown() implements Result {}

    /** Too many answers within the hour. */
    record TooMany() implements Result {}

    static Uni<Result> refused(Self self, Obstacle why) {
        return of(new Refused(self.view(), why));
    }

    static Uni<Result> done(Self self, ReportKind kind, @Nullable Instant callAt) {
        return of(new Done(self.view(), kind, callAt));
    }

    static Uni<Result> of(Result result) {
        return Uni.createFrom().item(result);
    }
}
