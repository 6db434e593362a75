package fr.raccroche.list.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.text.Normalizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accents that were converted twice, or stand alone. */
class AccentsTest {

    private static final String NAMES = "Léa Zoé Çelik Noël Aïcha François Œuvrard Élodie D’Étang ñandú Ünal";

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "ISO-8859-1", "x-MacRoman", "IBM850"})
    void whatWasReadInAnOldCharacterSetIsPutRight(String charset) {
        for (String name : NAMES.split(" ")) {
            String garbled = new String(name.getBytes(UTF_8), Charset.forName(charset));
            if (!garbled.contains("\uFFFD")) {
                assertThat(Accents.repaired(garbled)).as(garbled).isEqualTo(name);
                assertThat(CellText.clean(garbled)).as(garbled).isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BÃ©nalix", "BÃƒÂ©nalix"})
    void onceOrTwice(String garbled) {
        assertThat(CellText.clean(garbled)).isEqualTo("Bénalix");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Léa", "JOÃO", "Ágnes", "Łukasz", "Öztürk", "Ñuñez", "Straße", "Þór", "Åsa", "Ãlvaro", "«Zoé»", "N° 5"
            })
    void whatIsSoundStaysAsItIs(String name) {
        assertThat(Accents.areGarbled(name)).isFalse();
        assertThat(CellText.clean(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chloé", "ÉLÉONORE", "Aïcha", "François"})
    void anAccentBehindItsLetterBecomesOneWithIt(String name) {
        assertThat(CellText.clean(Normalizer.normalize(name, Normalizer.Form.NFD)))
                .isEqualTo(name);
    }
}
