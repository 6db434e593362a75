package fr.raccroche.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceTokensTest {

    @Property
    void aNameAtTwilioLeadsBackToItsAccount(@ForAll @LongRange(min = 1, max = 999_999_999_999_999_999L) long account) {
        assertThat(VoiceTokens.account(VoiceTokens.identity(account))).isEqualTo(account);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "1", "b1", "a-1", "a1 ", " a1", "a1b", "A1", "a1234567890123456789", "client:a1", "a٣"})
    void aForeignNameBelongsToNobody(String identity) {
        assertThat(VoiceTokens.account(identity)).isEqualTo(-1);
    }
}
