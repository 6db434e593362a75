package fr.raccroche.dialing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixesTest {

    private static final Prefixes USUAL =
            new Prefixes(List.of("+33", "+262", "+508", "+590", "+594", "+596", "+681", "+687", "+689"));

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
        assertThat(USUAL.allow(e164)).isTrue();
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
        assertThat(USUAL.allow(e164)).isFalse();
    }

    @Test
    void anInstallationMayAllowMoreAndLess() {
        var belgium = new Prefixes(List.of("+33", "+32"));

        assertThat(belgium.allow("+32470123456")).isTrue();
        assertThat(belgium.allow("+262639123456")).isFalse();
        assertThat(belgium.allow("+447700900123")).isFalse();
    }

    @Test
    void specialTariffsRingOnlyWhenTheyAreNamed() {
        assertThat(new Prefixes(List.of("+33", "+33805")).allow("+33805123456")).isTrue();
        assertThat(new Prefixes(List.of("+33", "+33805")).allow("+33899123456")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "33", "+", "+0", "+33 6", "*"})
    void aPrefixThatMakesNoSenseIsRefusedAtTheStart(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Prefixes(List.of(prefix)));
    }
}
