package fr.raccroche.handoff;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;

/** An agreement that was recorded by mistake is taken back before its structure has seen it, never behind its back. */
public final class Withdrawal {

    private Withdrawal() {}

    /** Takes back what this outcome sent; false when the structure has it in hand, and nothing changes. */
    public static Uni<Boolean> of(Sql sql, long outcomeId) {
        return Handoffs.isTaken(sql, outcomeId)
                .chain(taken -> taken
                        ? Uni.createFrom().item(false)
                        : Handoffs.takeBack(sql, outcomeId).replaceWith(true));
    }
}
