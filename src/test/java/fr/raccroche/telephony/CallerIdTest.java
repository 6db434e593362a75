package fr.raccroche.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerIdTest {

    @ParameterizedTest
    @CsvSource({"+33639980001", "+33199000100", "+262639980001"})
    void aNumberIsItself(String from) {
        assertThat(CallerId.e164(from)).isEqualTo(from);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "anonymous",
                "Restricted",
                "+266696687",
                "+86282452253",
                "+7378742833",
                "+2562533",
                "client:a12",
                "sip:x@example.org",
                "0639980001"
            })
    void aHiddenOneIsNone(@Nullable String from) {
        assertThat(CallerId.e164(from)).isNull();
    }
}
