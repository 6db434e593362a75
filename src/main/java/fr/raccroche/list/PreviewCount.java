package fr.raccroche.list;

/**
 * Rows and people by what a load would do with them:
 * {@code rows = created + joined + back + changed + unchanged + withdrawals + rejected + doubtful + lines}.
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
 * @param lines further rows of a person, joined with the first
 * @param corrected cells whose value differs in substance from what was written
 */
record PreviewCount(
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
        int lines) {

    /** Rows that put somebody on the list or keep them there, changed. */
    int accepted() {
        return created + joined + back + changed + withdrawals;
    }
}
