package fr.raccroche.list;

import java.util.Map;

/** Figures of one school as the database counts them; rejected rows are not among these. */
record SchoolCounts(
        String uai,
        int people,
        int withdrawn,
        int doubtful,
        int corrected,
        int called,
        int reached,
        int inSolution,
        int tried,
        int dead) {

    School school() {
        return new School(
                uai, people, withdrawn, doubtful, corrected, Map.of(), 0, called, reached, inSolution, tried, dead);
    }
}
