package fr.raccroche.dialing;

/** Life of an attempt; {@code closed} is set beside it when a result is known or an outcome was recorded. */
public enum AttemptState {
    PREVIEW,
    INTENT,
    DIALING,
    UNKNOWN,
    QUEUED,
    RINGING,
    ANSWERED,
    COMPLETED,
    BUSY,
    NO_ANSWER,
    FAILED,
    CANCELED,
    LOST,
    PASSED;

    /** A later report never moves an attempt back. */
    int rank() {
        return switch (this) {
            case PREVIEW -> 0;
            case INTENT -> 1;
            case DIALING, UNKNOWN -> 2;
            case QUEUED -> 3;
            case RINGING -> 4;
            case ANSWERED -> 5;
            case COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED, LOST, PASSED -> 6;
        };
    }

    boolean isOver() {
        return rank() == 6;
    }
}
