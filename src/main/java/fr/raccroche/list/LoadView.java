package fr.raccroche.list;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A load with who sent it and for which list.
 *
 * @param preview what it would do, as JSON; null until its file was read
 * @param refusal why it stopped; null when it did not
 * @param version the number of the version it made
 * @param read how far its file was read
 */
record LoadView(
        long id,
        @Nullable Long listId,
        String listName,
        @Nullable Long sourceId,
        LocalDate referenceDate,
        boolean complete,
        String fileName,
        LoadState state,
        @Nullable String preview,
        @Nullable Refusal refusal,
        @Nullable Integer version,
        ReadSoFar read,
        boolean cancelAsked,
        Instant createdAt,
        @Nullable String createdBy) {

    /** Which of the four steps it is at: file, columns, effect, end. */
    public int step() {
        return switch (state) {
            case MAPPING -> 2;
            case QUEUED, READING, PREVIEW -> 3;
            case CONFIRMED, APPLYING, DONE, UNDOING, UNDONE -> 4;
            case REFUSED, CANCELED -> preview == null ? 1 : 3;
        };
    }

    /** The colour of its state in words of the style sheet; empty for none. */
    public String colour() {
        return switch (state) {
            case MAPPING, PREVIEW -> "warn";
            case READING, APPLYING, UNDOING -> "busy";
            case DONE -> "good";
            case REFUSED -> "bad";
            case QUEUED, CONFIRMED, CANCELED, UNDONE -> "";
        };
    }

    public boolean waitsForSomebody() {
        return state == LoadState.MAPPING || state == LoadState.PREVIEW;
    }

    public boolean cancelable() {
        return state.isCancelable();
    }
}
