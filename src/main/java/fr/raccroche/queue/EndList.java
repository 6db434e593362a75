package fr.raccroche.queue;

import java.util.Arrays;
import java.util.List;

/** The lists that a closed campaign leaves behind: whoever needs somebody is on exactly one, see {@link YouthState#list}. */
public enum EndList {
    /** Truly unreachable: the field teams of their commune look for them. */
    UNREACHABLE,
    PROMISED,
    INTERRUPTED,
    REACHED,
    FOREIGN_NUMBER,
    NEVER_CALLED,
    UNDER_16;

    /** Whether structures receive it, name and address: only whom no call reached goes to somebody they never agreed to. */
    public boolean goesToStructures() {
        return this == UNREACHABLE;
    }

    /** The end states of those on it. */
    public List<YouthState> states() {
        return Arrays.stream(YouthState.values())
                .filter(state -> state.list() == this)
                .toList();
    }
}
