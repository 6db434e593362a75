package fr.raccroche.list;

/** Life of a load. */
enum LoadState {
    /** Somebody has to say how the file is read. */
    MAPPING,
    QUEUED,
    READING,
    /** Somebody has to agree to what it would do. */
    PREVIEW,
    CONFIRMED,
    APPLYING,
    DONE,
    /** The file is refused as a whole. */
    REFUSED,
    CANCELED,
    UNDOING,
    UNDONE;

    /** Whether the program has work to do, now or when its turn comes. */
    boolean isWorking() {
        return switch (this) {
            case QUEUED, READING, CONFIRMED, APPLYING, UNDOING -> true;
            case MAPPING, PREVIEW, DONE, REFUSED, CANCELED, UNDONE -> false;
        };
    }

    /** Whether it can still be given up. */
    boolean isCancelable() {
        return switch (this) {
            case MAPPING, QUEUED, READING, PREVIEW, CONFIRMED, APPLYING -> true;
            case DONE, REFUSED, CANCELED, UNDOING, UNDONE -> false;
        };
    }
}
