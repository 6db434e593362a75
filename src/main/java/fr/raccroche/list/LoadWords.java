package fr.raccroche.list;

import fr.raccroche.list.table.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why loads stop, and why they cannot be undone, in words. */
@ApplicationScoped
class LoadWords {

    private final LoadMessages messages;
    private final ListMessages lists;

    LoadWords(LoadMessages messages, ListMessages lists) {
        this.messages = messages;
        this.lists = lists;
    }

    /** Why a file was refused. */
    String refused(Refused.Reason reason, @Nullable String detail) {
        return detail == null ? lists.refused(reason) : lists.refused(reason) + " " + detail + ".";
    }

    /** Why the file of a load was refused, or null when it was not, or for no fault of its own. */
    @Nullable
    String refused(@Nullable Refusal refusal) {
        return refusal == null
                ? null
                : Arrays.stream(Refused.Reason.values())
                        .filter(reason -> reason.name().equals(refusal.code()))
                        .map(reason -> refused(reason, refusal.detail()))
                        .findFirst()
                        .orElse(null);
    }

    /** Why a load could not be undone; null when that is not what stopped it. */
    @Nullable
    String obstacle(@Nullable Refusal refusal) {
        return refusal == null
                ? null
                : Arrays.stream(Merge.Obstacle.values())
                        .filter(obstacle -> obstacle.name().equals(refusal.code()))
                        .map(lists::obstacle)
                        .findFirst()
                        .orElse(null);
    }

    /** Why a load stopped; null when it did not. */
    @Nullable
    String stopped(LoadView load) {
        if (load.refusal() == null) {
            return null;
        }
        String refused = refused(load.refusal());
        if (refused != null) {
            return refused;
        }
        return load.state() == LoadState.PREVIEW
                ? messages.changedMeanwhile()
                : Objects.requireNonNullElse(obstacle(load.refusal()), messages.failed());
    }
}
