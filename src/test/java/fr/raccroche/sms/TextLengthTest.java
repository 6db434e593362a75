package fr.raccroche.sms;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.sms.TextLength.Encoding;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLengthTest {

    @ParameterizedTest
    @CsvSource({
        "a, 0, 0, 0, 160",
        "a, 1, 1, 1, 159",
        "a, 160, 160, 1, 0",
        "a, 161, 161, 2, 145",
        "a, 306, 306, 2, 0",
        "a, 307, 307, 3, 152",
        "é, 160, 160, 1, 0",
        "€, 1, 2, 1, 158",
        "€, 80, 160, 1, 0",
        "€, 81, 162, 2, 143",
        // 76 pairs and one septet that stays empty: a pair is not cut
        "€, 152, 304, 2, 1",
        "€, 153, 306, 3, 151",
        "ê, 70, 70, 1, 0",
        "ê, 71, 71, 2, 63",
        "ê, 134, 134, 2, 0",
        "ê, 135, 135, 3, 66",
        "😀, 35, 70, 1, 0",
        "😀, 36, 72, 2, 61",
        // 33 pairs and one unit that stays empty
        "😀, 66, 132, 2, 1",
        "😀, 67, 134, 3, 65"
    })
    void soManyCharactersAreSoManySegments(String character, int times, int units, int segments, int room) {
        assertThat(TextLength.of(character.repeat(times)))
                .returns(units, TextLength::units)
                .returns(segments, TextLength::segments)
                .returns(room, TextLength::room);
    }

    @ParameterizedTest
    @CsvSource({
        "'Bonjour Lina, à demain !', GSM7, ''",
        "'ç', UCS2, 'ç'",
        "'Ç', GSM7, ''",
        "'être à l’heure, être là', UCS2, 'ê’'",
        "'Île-de-France', UCS2, 'Î'",
        "'{[~^|]}\\', GSM7, ''",
        "'œuf😀œ', UCS2, 'œ😀'"
    })
    void theCharactersThatMakeItLongAreNamedOnce(String text, Encoding encoding, String forcing) {
        TextLength length = TextLength.of(text);

        assertThat(length.encoding()).isEqualTo(encoding);
        assertThat(String.join("", length.forcing())).isEqualTo(forcing);
    }

    @Test
    void aNoBreakSpaceIsNoSpace() {
        assertThat(TextLength.of("18\u00a0h").forcing()).isEqualTo(List.of("\u00a0"));
    }

    @Test
    void theCostIsThatOfItsSegments() {
        assertThat(TextLength.of("a".repeat(161)).cost(80)).isEqualTo(160);
        assertThat(TextLength.of("").cost(80)).isZero();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("abc é€{}\n0")
                .withChars('ê', '’', '\ud83d', '\ude00')
                .ofMaxLength(700);
    }

    /** Cuts as a phone would and never inside a character. */
    @Property
    void segmentsHoldTheWholeTextAndNoneIsWasted(@ForAll("texts") String text) {
        TextLength length = TextLength.of(text);
        boolean small = length.encoding() == Encoding.GSM7;
        int alone = small ? 160 : 70;
        int joined = small ? 153 : 67;

        assertThat(length.encoding() == Encoding.GSM7)
                .isEqualTo(length.forcing().isEmpty());
        assertThat(length.segments()).isEqualTo(expected(text, length));
        assertThat(length.room()).isBetween(0, alone);
        if (length.segments() > 1) {
            assertThat(length.units()).isGreaterThan(alone).isLessThanOrEqualTo(length.segments() * joined);
            assertThat(length.units()).isGreaterThan((length.segments() - 1) * (joined - 1));
        }
    }

    /** One character more is never shorter, and never more than one segment longer unless the alphabet changes. */
    @Property
    void aLongerTextIsNeverCheaper(@ForAll("texts") String text) {
        TextLength before = TextLength.of(text);
        TextLength after = TextLength.of(text + "e");

        assertThat(after.segments()).isBetween(before.segments(), before.segments() + 1);
    }

    private static int expected(String text, TextLength length) {
        boolean small = length.encoding() == Encoding.GSM7;
        if (length.units() == 0) {
            return 0;
        }
        if (length.units() <= (small ? 160 : 70)) {
            return 1;
        }
        int segments = 0;
        int i = 0;
        while (i < text.length()) {
            int left = small ? 153 : 67;
            while (i < text.length()) {
                int c = text.codePointAt(i);
                int width = small ? ("€{}".indexOf(c) >= 0 ? 2 : 1) : Character.charCount(c);
                if (width > left) {
                    break;
                }
                left -= width;
                i += Character.charCount(c);
            }
            segments++;
        }
        return segments;
    }
}
