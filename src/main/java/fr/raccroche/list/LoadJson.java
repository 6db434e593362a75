package fr.raccroche.list;

import org.jspecify.annotations.Nullable;

/**
 * A load for programs of the house.
 *
 * @param mapped whether it is known what its columns mean
 */
record LoadJson(
        long id,
        LoadState state,
        @Nullable Long list,
        String listName,
        String fileName,
        boolean complete,
        boolean mapped,
        long fileBytes,
        long bytesRead,
        int rowsRead,
        int rowsRejected,
        @Nullable Integer version,
        @Nullable Preview preview,
        @Nullable RefusalJson refusal) {

    /** @param detail in French */
    record RefusalJson(String code, String detail) {}
}
