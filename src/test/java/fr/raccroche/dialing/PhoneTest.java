package fr.raccroche.dialing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTest {

    private static Phone phone(String e164, Phone.State state) {
        return new Phone(1, e164, Phone.Owner.YOUTH, true, state, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+33199001234",
                "+33261911234",
                "+33353011234",
                "+33465711234",
                "+33536491234",
                "+33639981234",
                "+33612345678",
                "+33700000000",
                "+33912345678",
                "+262639123456",
                "+590690123456",
                "+594694123456",
                "+596696123456",
                "+508551234",
                "+687751234",
                "+68987123456"
            })
    void ordinaryFrenchNumbersMayRing(String e164) {
        assertThat(phone(e164, Phone.State.UNTRIED).isUsable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0639981234",
                "+33",
                "+33899123456",
                "+33800123456",
                "+33118712",
                "+333240",
                "+3363998123",
                "+336399812345",
                "+33039981234",
                "+447700900123",
                "+12025550123",
                "+882161234567",
                "+2250701234567",
                "+33639981234\n",
                "+33639981234;ext=1",
                "sip:+33639981234@example.org",
                "client:a1"
            })
    void whateverMayBeATollFraudNeverRings(String e164) {
        assertThat(phone(e164, Phone.State.VALID).isUsable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"UNTRIED, true", "VALID, true", "WRONG, false", "NOT_IN_SERVICE, false"})
    void aNumberKnownToBeUselessIsNotCalledAgain(Phone.State state, boolean usable) {
        assertThat(phone("+33639981234", state).isUsable()).isEqualTo(usable);
    }
}
