package fr.raccroche.list;

/** Part of a file that was read: of so many bytes these, with so many rows, of which so many were rejected. */
record ReadSoFar(long fileBytes, long bytes, int rows, int rejected) {

    /** How much of the file has been read, in percent. */
    public int percent() {
        return fileBytes == 0 ? 100 : (int) Math.min(100, bytes * 100 / fileBytes);
    }
}
