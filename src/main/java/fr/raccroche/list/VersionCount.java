package fr.raccroche.list;

/**
 * Rows of a version by what they did: {@code rows = created + joined + changed + unchanged + rejected + doubtful} and the
 * rows that withdraw.
 *
 * @param withdrawn people who left the list
 */
record VersionCount(
        int rows, int created, int joined, int changed, int unchanged, int withdrawn, int rejected, int doubtful) {}
