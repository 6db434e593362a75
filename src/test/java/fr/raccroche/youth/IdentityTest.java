package fr.raccroche.youth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {

    @ParameterizedTest
    @CsvSource({
        "BÉNALI, Lina, benali|lina",
        "Benali, LINA, benali|lina",
        "LE GOFF, Jean-Noël, le goff|jean noel",
        "N'Guyen, Zoé, n guyen|zoe",
        "N’Guyen, Zoé, n guyen|zoe",
        "NʼGuyen, Zoé, n guyen|zoe",
        "Œuvrard, Maël, oeuvrard|mael",
        "  Da  Silva , José, da silva|jose",
        "Nguyễn, Đức, nguyen|duc",
        "YILDIZ, İbrahim, yildiz|ibrahim",
        "Yıldız, Ibrahim, yildiz|ibrahim",
        "Şahin, Gökçe, sahin|gokce",
        "ʿAbd al-Raḥmān, Ṭāriq, abd al rahman|tariq",
        "Großmann, Łukasz, grossmann|lukasz",
        "Ben\u00adali, Lina, benali|lina",
    })
    void namesWrittenDifferentlyHaveOneKey(String lastName, String firstName, String key) {
        assertThat(Identity.nameKey(lastName, firstName)).isEqualTo(key);
    }

    @Property
    void foldingTwiceIsFoldingOnce(@ForAll String text) {
        assertThat(Identity.fold(Identity.fold(text))).isEqualTo(Identity.fold(text));
    }

    @ParameterizedTest
    @CsvSource({
        "Benali, Lina, benali lina",
        "LINA, Bénali, benali lina",
        "Nguyen Van, Minh, minh nguyen van",
        "Nguyen, Van Minh, minh nguyen van",
    })
    void theSortedKeyDoesNotKnowWhichNameIsTheLast(String lastName, String firstName, String key) {
        assertThat(Identity.sortedKey(lastName, firstName)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Benali         | Lina        | BÉNALI         | lina
            Benali         | Lina        | Lina           | Benali
            Martin-Durand  | Jean        | Martin         | Jean
            Martin-Durand  | Jean        | Jean           | Durand
            Martin         | Jean-Pierre | Martin         | Jean
            Martin         | Jean-Pierre | Martin         | Jeanpierre
            Ben Ali        | Mohamed     | Benali         | Mohamed
            N'Guyen        | Zoé         | Nguyen         | Zoe
            Nguyen Van     | Minh        | Nguyen         | Van Minh
            El Amrani      | Sara        | Amrani         | Sara
            de la Tour     | Anne        | La Tour        | Anne
            da Silva Pinto | Ana Maria   | Pinto          | Maria
            """)
    void namesThatMayMeanOnePersonShareAKey(String last, String first, String otherLast, String otherFirst) {
        assertThat(shared(Identity.pairKeys(last, first), Identity.pairKeys(otherLast, otherFirst)))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Benali        | Lina         | Benali      | Nora
            Benali        | Lina         | Diallo      | Lina
            Ben Ali       | Mohamed      | Ben Salem   | Mohamed
            de la Tour    | Anne         | de la Cour  | Anne
            N'Guyen       | Zoé          | N'Diaye     | Zoé
            Martin        | Jean         | Jean        | Paul
            """)
    void namesThatShareAParticleOrOneNameShareNoKey(String last, String first, String otherLast, String otherFirst) {
        assertThat(shared(Identity.pairKeys(last, first), Identity.pairKeys(otherLast, otherFirst)))
                .isZero();
    }

    /** They are stored: whoever changes one of these has to recompute them in every database. */
    @ParameterizedTest
    @CsvSource({
        "Benali, Lina, 4981587978377021681",
        "Œuvrard, Maël, -4302047493465764360",
    })
    void storedKeysStayAsTheyAre(String lastName, String firstName, long key) {
        assertThat(Identity.pairKeys(lastName, firstName)).containsExactly(key);
    }

    @Property
    void thereAreAtMostEightDifferentKeysWhicheverNameComesFirst(@ForAll String one, @ForAll String other) {
        long[] keys = Identity.pairKeys(one, other);

        assertThat(keys).hasSizeBetween(1, 8).doesNotHaveDuplicates();
        assertThat(Identity.pairKeys(other, one)).containsExactlyInAnyOrder(keys);
    }

    @Property
    void manyWordsStillGiveTheSameKeysSwapped(@ForAll("longNames") String one, @ForAll("longNames") String other) {
        assertThat(Identity.pairKeys(other, one)).containsExactly(Identity.pairKeys(one, other));
    }

    @Provide
    Arbitrary<String> longNames() {
        return Arbitraries.of("ana", "ben", "da", "maria", "pinto", "silva", "costa", "n", "jose")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(words -> String.join(" ", words));
    }

    private static long shared(long[] keys, long[] others) {
        return Arrays.stream(keys)
                .filter(key -> Arrays.stream(others).anyMatch(other -> other == key))
                .count();
    }
}
