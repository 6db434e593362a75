package fr.raccroche.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceNameTest {

    @ParameterizedTest
    @CsvSource({
        "Saint-Ouen-l'Aumône, ST OUEN L AUMONE",
        "Saint-Denis, St-Denis",
        "Sainte-Geneviève-des-Bois, STE GENEVIEVE DES BOIS",
        "L'Haÿ-les-Roses, L HAY LES ROSES",
        "Évry-Courcouronnes, evry courcouronnes",
        "Stains, STAINS",
    })
    void oneCommuneHasOneKey(String official, String written) {
        assertThat(PlaceName.key(written)).isEqualTo(PlaceName.key(official));
    }
}
