package fr.raccroche.platform;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** Work on each of a list, one after the other, never two at once. */
public final class InTurn {

    private InTurn() {}

    /** Inside a transaction: the first failure ends it, and with it the transaction. */
    public static <T> Uni<Void> each(Iterable<? extends T> list, Function<? super T, ? extends Uni<?>> work) {
        return Multi.createFrom()
                .iterable(list)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * Each in a transaction of its own, or none: what fails is logged as by {@link Nothing#but}, and the next one has its
     * turn all the same.
     *
     * @param undone see {@link Nothing#but}
     */
    public static <T> Uni<Void> eachOnItsOwn(
            Iterable<? extends T> list, Function<? super T, ? extends Uni<?>> work, String undone) {
        return each(
                list,
                item -> Uni.createFrom()
                        .deferred(() -> work.apply(item))
                        .replaceWithVoid()
                        .onFailure()
                        .recoverWithUni(Nothing.but(undone)));
    }
}
