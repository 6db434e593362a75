package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.MOTHER;
import static fr.raccroche.dialing.TestingFacts.forbidden;
import static fr.raccroche.dialing.TestingFacts.in;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.dialing.TestingFacts.past;
import static fr.raccroche.dialing.TestingFacts.phone;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptPlan.Past;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.NumberState;
import fr.raccroche.youth.Telephone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneTest {

    private static final List<Phone> BOTH = List.of(MOBILE, MOTHER);

    @ParameterizedTest
    @CsvSource({"UNTRIED, true", "VALID, true", "WRONG, false", "NOT_IN_SERVICE, false"})
    void aNumberKnownToBeUselessIsNotCalledAgain(NumberState state, boolean usable) {
        assertThat(in(MOBILE, state).isUsable()).isEqualTo(usable);
    }

    @Test
    void aForbiddenNumberIsNotCalledAtAll() {
        assertThat(forbidden(MOBILE).isUsable()).isFalse();
        assertThat(Phone.toCall(List.of(forbidden(MOBILE)), List.of(), 3)).isNull();
        assertThat(Phone.toCall(List.of(forbidden(MOBILE), MOTHER), List.of(), 3))
                .isEqualTo(MOTHER);
    }

    @Test
    void theYouthsMobileComesFirstThenTheirLandlineThenTheGuardians() {
        var second = phone(3, "+33639980003", NumberOwner.YOUTH);
        var landline = new Phone(
                4,
                "+33199000004",
                NumberOwner.YOUTH,
                false,
                NumberState.UNTRIED,
                false,
                true,
                Telephone.USABLE,
                List.of());
        var father = phone(5, "+33639980005", NumberOwner.GUARDIAN2);
        var order = new ArrayList<Long>();
        var phones = new ArrayList<>(List.of(father, MOTHER, landline, MOBILE, in(second, NumberState.VALID)));
        while (!phones.isEmpty()) {
            Phone next = Objects.requireNonNull(Phone.toCall(phones, List.of(), 3));
            order.add(next.id());
            phones.remove(next);
        }

        assertThat(order)
                .as("the number that worked before the one never tried")
                .containsExactly(3L, 1L, 4L, 2L, 5L);
    }

    @Test
    void threeTriesWithoutAPersonThenTheNextNumberThenBackAgain() {
        var past = new ArrayList<Past>();
        for (int i = 0; i < 10; i++) {
            Phone phone = Objects.requireNonNull(Phone.toCall(BOTH, past, 3));
            past.add(new Past(paris("2026-11-24T11:00").plus(Duration.ofDays(i)), AttemptResult.NO_ANSWER, phone.id()));
        }

        assertThat(past).extracting(Past::phoneId).containsExactly(1L, 1L, 1L, 2L, 2L, 2L, 1L, 1L, 1L, 2L);
    }

    @Test
    void aPersonOnTheLineKeepsTheNumber() {
        var past = List.of(
                past("2026-11-23T11:00", AttemptResult.NO_ANSWER, MOBILE),
                past("2026-11-24T14:00", AttemptResult.NO_ANSWER, MOBILE),
                past("2026-11-25T14:00", AttemptResult.INTERRUPTED, MOBILE),
                past("2026-11-26T17:00", AttemptResult.NO_ANSWER, MOBILE));

        assertThat(Phone.toCall(BOTH, past, 3)).isEqualTo(MOBILE);
    }

    @Test
    void aNumberThatProvedWrongIsRetiredAndTheYouthStaysOpen() {
        var past = List.of(past("2026-11-24T11:00", AttemptResult.WRONG_NUMBER, MOBILE));

        assertThat(Phone.toCall(List.of(in(MOBILE, NumberState.WRONG), MOTHER), past, 3))
                .isEqualTo(MOTHER);
    }

    @Property
    void whileAnyNumberIsUsableOneIsCalled(
            @ForAll("phones") List<Phone> phones,
            @ForAll("pasts") List<Past> past,
            @ForAll @IntRange(min = 1, max = 10) int tries) {
        Phone phone = Phone.toCall(phones, past, tries);

        assertThat(phone == null).isEqualTo(phones.stream().noneMatch(Phone::isUsable));
        if (phone != null) {
            assertThat(phones).contains(phone);
            assertThat(phone.isUsable()).isTrue();
        }
    }

    @Provide
    Arbitrary<List<Phone>> phones() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.of(NumberOwner.class),
                        Arbitraries.of(NumberState.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, true, false))
                .as((id, owner, state, mobile, allowed) -> new Phone(
                        id, "+3363998000" + id, owner, mobile, state, false, allowed, Telephone.USABLE, List.of()))
                .list()
                .uniqueElements(Phone::id)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Past>> pasts() {
        return Combinators.combine(Arbitraries.longs().between(1, 5), Arbitraries.of(AttemptResult.class))
                .as((id, result) -> new Past(paris("2026-11-24T11:00"), result, id))
                .list()
                .ofMaxSize(10);
    }
}
