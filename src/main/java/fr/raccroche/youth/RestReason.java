package fr.raccroche.youth;

import java.util.stream.Stream;

/** Why a telephone is left alone, and by which way we learnt it. */
public enum RestReason {
    /** A text asked for an end. */
    STOP_BY_TEXT(TelephoneState.OBJECTED),
    /** The network told us that somebody stopped texts from us. */
    STOP_AT_THE_NETWORK(TelephoneState.OBJECTED),
    /** Somebody on the phone does not want calls on it. */
    NO_ON_THE_PHONE(TelephoneState.OBJECTED),
    /** A youth said no on their page. */
    NO_ON_THE_PAGE(TelephoneState.OBJECTED),
    /** A list says not to call it. */
    NO_IN_THE_LIST(TelephoneState.OBJECTED),
    /** One of those who are listed under it said no; the others may be called again after a while. */
    NO_OF_ONE(TelephoneState.RESTING),
    /** A text waits for a person to read it. */
    REPLY_TO_READ(TelephoneState.RESTING),
    /** Somebody on the phone said that they are somebody else. */
    WRONG_ON_THE_PHONE(TelephoneState.WRONG),
    /** A text said so. */
    WRONG_BY_TEXT(TelephoneState.WRONG),
    /** A list says so. */
    WRONG_IN_THE_LIST(TelephoneState.WRONG),
    /** The network does not know it. */
    NOT_IN_SERVICE(TelephoneState.DEAD),
    /** The account may not call it, or not now: tried again later, and less and less often. */
    REFUSED_BY_THE_NETWORK(TelephoneState.RESTING),
    /** A supervisor wants it left alone. */
    SUPERVISOR(TelephoneState.RESTING);

    /** The names of those that come from a person who wants no calls. */
    static final String[] NOES = Stream.of(
                    STOP_BY_TEXT, STOP_AT_THE_NETWORK, NO_ON_THE_PHONE, NO_ON_THE_PAGE, NO_OF_ONE)
            .map(Enum::name)
            .toArray(String[]::new);

    private final TelephoneState state;

    RestReason(TelephoneState state) {
        this.state = state;
    }

    public TelephoneState state() {
        return state;
    }
}
