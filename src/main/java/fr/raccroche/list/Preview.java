package fr.raccroche.list;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load would do: {@code rows = created + joined + back + changed + unchanged + withdrawals + rejected + doubtful}.
 *
 * @param created people nobody knew
 * @param joined people known from another list
 * @param back people who had been withdrawn from this list
 * @param changed people on the list about whom the file says something new
 * @param withdrawn people who leave the list, because the file withdraws or, when complete, lacks them
 * @param withdrawals rows that withdraw somebody
 * @param faceless rejected rows that tell nothing about whom they mean
 * @param followed among the joining, those a structure already follows; nobody calls them
 * @param warnings cells that were dropped while their row was kept
 * @param corrected cells whose value differs in substance from what was written
 * @param listed people on the list before
 * @param drawnOn the day on which the sender drew the list from their data, ISO; null when the file does not say
 * @param listDrawnOn the same of the version that is on the list now
 * @param replaced number of an earlier version that had exactly these bytes and was replaced since
 * @param yearOld whether the list was drawn most of a year before the day on which ages count
 * @param samples the first of each kind
 */
public record Preview(
        int rows,
        int created,
        int joined,
        int back,
        int changed,
        int unchanged,
        int withdrawn,
        int withdrawals,
        int rejected,
        int doubtful,
        int faceless,
        int followed,
        int warnings,
        int corrected,
        int listed,
        @Nullable String drawnOn,
        @Nullable String listDrawnOn,
        @Nullable Integer replaced,
        boolean yearOld,
        List<Sample> samples) {

    private static final int FEW = 20;

    /** Of what an example is given. */
    enum Kind {
        NEW,
        CHANGED,
        WITHDRAWN,
        DOUBTFUL,
        FOLLOWED
    }

    /**
     * One person.
     *
     * @param line in the file, 0 for somebody it lacks
     * @param detail with CHANGED the columns that differ, separated by commas; with DOUBTFUL the doubt; else empty
     */
    record Sample(Kind kind, int line, String lastName, String firstName, String detail) {}

    /** Rows that put somebody on the list or keep them there, changed. */
    int accepted() {
        return created + joined + back + changed + withdrawals;
    }

    /** More than a third of a list would leave at once: perhaps the file is not complete. */
    boolean withdrawsMany() {
        return withdrawn > FEW && withdrawn * 3L > listed;
    }

    /** Most rows would be rejected: perhaps the columns are wrong. */
    boolean rejectsMost() {
        return rejected > FEW && rejected * 2L > rows;
    }

    /** Among those who leave a complete list may be whom an unreadable row means. */
    boolean withdrawsUnseen() {
        return faceless > 0 && withdrawn > withdrawals;
    }

    /** The sender drew this list before the one that is loaded now. */
    boolean isOlder() {
        return drawnOn != null && listDrawnOn != null && drawnOn.compareTo(listDrawnOn) < 0;
    }

    /** Whether a person must look before it is done, even when a program sent the file. */
    boolean isAlarming() {
        return withdrawsMany() || withdrawsUnseen() || rejectsMost() || isOlder() || replaced != null || yearOld;
    }
}
