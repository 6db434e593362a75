package fr.raccroche.list;

import fr.raccroche.youth.Identity;
import fr.raccroche.youth.NumberOwner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one line says about the people around a youth, and what several lines of one youth say together: exports often have a
 * line for each guardian.
 *
 * @param first the guardian in the columns of the first; null for none
 * @param second the one in those of the second
 */
record JoinedLine(
        int line,
        @Nullable Guardian first,
        @Nullable Guardian second,
        List<Reached> numbers,
        long digest,
        long rawDigest) {

    /** A guardian by name. */
    record Guardian(
            @Nullable String lastName,
            @Nullable String firstName,
            @Nullable String commune) {

        /** Whether two may be one: a name that both have is the same. */
        private boolean isLike(Guardian other) {
            return !isNameless()
                    && !other.isNameless()
                    && agree(lastName, other.lastName)
                    && agree(firstName, other.firstName);
        }

        private boolean isNameless() {
            return lastName == null && firstName == null;
        }

        private static boolean agree(@Nullable String one, @Nullable String other) {
            return one == null || other == null || Identity.fold(one).equals(Identity.fold(other));
        }

        private Guardian with(Guardian other) {
            return new Guardian(
                    lastName == null ? other.lastName : lastName,
                    firstName == null ? other.firstName : firstName,
                    commune == null ? other.commune : commune);
        }
    }

    /** A telephone. */
    record Reached(String e164, NumberOwner owner, boolean mobile) {}

    /** What this line and a further one of the same youth say together; nothing of either is lost. */
    JoinedLine with(JoinedLine further) {
        var joining = new Joining(this);
        NumberOwner first = joining.place(further.first, further.of(NumberOwner.GUARDIAN1));
        NumberOwner second = joining.place(further.second, further.of(NumberOwner.GUARDIAN2));
        for (Reached number : further.numbers) {
            joining.add(new Reached(
                    number.e164,
                    switch (number.owner) {
                        case GUARDIAN1 -> first;
                        case GUARDIAN2 -> second;
                        case YOUTH, OTHER -> number.owner;
                    },
                    number.mobile));
        }
        return new JoinedLine(
                line,
                joining.one,
                joining.two,
                joining.numbers,
                digest ^ further.digest,
                rawDigest ^ further.rawDigest);
    }

    private Set<String> of(NumberOwner owner) {
        var numbers = new HashSet<String>();
        for (Reached number : this.numbers) {
            if (number.owner == owner) {
                numbers.add(number.e164);
            }
        }
        return numbers;
    }

    /** The people so far. */
    private static final class Joining {

        private final List<Reached> numbers;
        private final Set<String> ofOne;
        private final Set<String> ofTwo;
        private @Nullable Guardian one;
        private @Nullable Guardian two;

        private Joining(JoinedLine line) {
            one = line.first;
            two = line.second;
            numbers = new ArrayList<>(line.numbers);
            ofOne = line.of(NumberOwner.GUARDIAN1);
            ofTwo = line.of(NumberOwner.GUARDIAN2);
        }

        /** Which guardian somebody is: one who is known already, else the first who is still free; a third is somebody else. */
        private NumberOwner place(@Nullable Guardian guardian, Set<String> phones) {
            if (guardian == null) {
                return NumberOwner.GUARDIAN1;
            }
            if (one == null || isSame(one, ofOne, guardian, phones)) {
                one = one == null ? guardian : one.with(guardian);
                ofOne.addAll(phones);
                return NumberOwner.GUARDIAN1;
            }
            if (two == null || isSame(two, ofTwo, guardian, phones)) {
                two = two == null ? guardian : two.with(guardian);
                ofTwo.addAll(phones);
                return NumberOwner.GUARDIAN2;
            }
            return NumberOwner.OTHER;
        }

        private static boolean isSame(Guardian known, Set<String> numbers, Guardian guardian, Set<String> phones) {
            boolean shares = phones.stream().anyMatch(numbers::contains);
            boolean silent = phones.isEmpty() && guardian.isNameless();
            return known.isLike(guardian) || silent || (shares && (known.isNameless() || guardian.isNameless()));
        }

        private void add(Reached number) {
            if (numbers.stream().noneMatch(known -> Objects.equals(known.e164, number.e164))) {
                numbers.add(number);
            }
        }
    }
}
