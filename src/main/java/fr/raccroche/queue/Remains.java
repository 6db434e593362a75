package fr.raccroche.queue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a campaign that ends knows of a youth who waits for a call, or could not be called: which end is theirs.
 *
 * @param state where they stand
 * @param objected whether an objection stands
 * @param followed whether a structure follows them
 * @param under16 whether they are not sixteen yet
 * @param promised whether a call is booked that did not take place
 * @param interrupted whether a talk broke off, or the last call was answered and no agent was there
 * @param reached whether somebody spoke, said no on a number of theirs, wrote, or used the youth's page
 * @param tried whether any call counted
 */
record Remains(
        YouthState state,
        boolean objected,
        boolean followed,
        boolean under16,
        boolean promised,
        boolean interrupted,
        boolean reached,
        boolean tried,
        Numbers numbers) {

    /** What the numbers are good for that nobody said to be wrong. */
    enum Numbers {
        NONE,
        FOREIGN,
        CALLABLE
    }

    /** The states that the end of a campaign looks at; all others are ends already, or a call that goes on. */
    static final List<YouthState> OPEN = List.of(
            YouthState.TO_CALL,
            YouthState.CALLBACK,
            YouthState.UNREACHABLE,
            YouthState.WRONG_NUMBER,
            YouthState.FOREIGN_NUMBER);

    /** Whoever wants nothing, or has somebody, first; then what was promised; nobody who was reached is unreachable. */
    YouthState end() {
        if (objected) {
            return YouthState.OBJECTED;
        }
        if (followed) {
            return YouthState.ALREADY_FOLLOWED;
        }
        if (under16) {
            return YouthState.UNDER_16;
        }
        if (promised) {
            return YouthState.PROMISED;
        }
        if (interrupted) {
            return YouthState.INTERRUPTED;
        }
        return reached ? YouthState.REACHED : neverReached();
    }

    private YouthState neverReached() {
        if (state == YouthState.WRONG_NUMBER) {
            return state;
        }
        return switch (numbers) {
            case NONE -> YouthState.WRONG_NUMBER;
            case FOREIGN -> YouthState.FOREIGN_NUMBER;
            case CALLABLE ->
                tried || state == YouthState.UNREACHABLE ? YouthState.UNREACHABLE : YouthState.NEVER_CALLED;
        };
    }

    /** Everything that can be known, for statements that decide for many at once. */
    static Stream<Remains> all() {
        return OPEN.stream().flatMap(state -> Arrays.stream(Numbers.values()).flatMap(numbers -> all(state, numbers)));
    }

    private static Stream<Remains> all(YouthState state, Numbers numbers) {
        return Stream.iterate(0, bits -> bits < 1 << 7, bits -> bits + 1)
                .map(bits -> new Remains(
                        state,
                        (bits & 1) != 0,
                        (bits & 2) != 0,
                        (bits & 4) != 0,
                        (bits & 8) != 0,
                        (bits & 16) != 0,
                        (bits & 32) != 0,
                        (bits & 64) != 0,
                        numbers));
    }
}
