package fr.raccroche.list;

import org.jspecify.annotations.Nullable;

/**
 * How old the contents of a file are, beside those of its list.
 *
 * @param drawnOn the day on which the sender drew the list from their data, ISO; null when the file does not say
 * @param listDrawnOn the same of the version that is on the list now
 * @param replaced number of an earlier version that had exactly these bytes and was replaced since
 * @param yearOld whether the list was drawn most of a year before the day on which ages count
 */
record FileAge(
        @Nullable String drawnOn,
        @Nullable String listDrawnOn,
        @Nullable Integer replaced,
        boolean yearOld) {

    /** Whether the sender drew this list before the one that is loaded now. */
    boolean isOlder() {
        return drawnOn != null && listDrawnOn != null && drawnOn.compareTo(listDrawnOn) < 0;
    }
}
