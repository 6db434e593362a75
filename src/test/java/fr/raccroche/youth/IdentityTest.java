package fr.raccroche.youth;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {

    @ParameterizedTest
    @CsvSource({
        "BÉNALI, Lina, benali|lina",
        "Benali, LINA, benali|lina",
        "LE GOFF, Jean-Noël, le goff|jean noel",
        "N'Guyen, Zoé, n guyen|zoe",
        "Œuvrard, Maël, oeuvrard|mael",
        "  Da  Silva , José, da silva|jose",
    })
    void namesWrittenDifferentlyHaveOneKey(String lastName, String firstName, String key) {
        assertThat(Identity.nameKey(lastName, firstName)).isEqualTo(key);
    }

    @Property
    void foldingTwiceIsFoldingOnce(@ForAll String text) {
        assertThat(Identity.fold(Identity.fold(text))).isEqualTo(Identity.fold(text));
    }
}
