package fr.raccroche.youth;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.youth.IdentityMatch.Doubtful;
import fr.raccroche.youth.IdentityMatch.Facts;
import fr.raccroche.youth.IdentityMatch.Same;
import fr.raccroche.youth.IdentityMatch.Ties;
import fr.raccroche.youth.IdentityMatch.Verdict;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityMatchTest {

    private static final LocalDate BIRTH = LocalDate.of(2009, 3, 5);
    private static final Ties NONE = new Ties(false, false, false);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Benali         | Lina         | BÉNALI         | lina          | SAME
            Benali         | Lina         | Lina           | Benali        | SAME
            Martin Durand  | Jean-Pierre  | MARTIN-DURAND  | Jean Pierre   | SAME
            Martin         | Jean-Pierre  | Martin         | Jeanpierre    | SAME
            Ben Ali        | Mohamed      | Benali         | Mohamed       | SAME
            N'Guyen        | Zoé          | NGUYEN         | Zoe           | SAME
            Œuvrard        | Maël         | OEUVRARD       | Mael          | SAME
            Nguyễn         | Thị Đào      | NGUYEN         | Thi Dao       | SAME
            Yıldız         | İbrahim      | YILDIZ         | IBRAHIM       | SAME
            ʿAbd al-Raḥmān | Ṭāriq        | Abdalrahman    | Tariq         | SAME
            Martin-Durand  | Jean         | Martin         | Jean          | PARTIAL_NAME
            Martin-Durand  | Jean         | Durand         | Jean          | PARTIAL_NAME
            Durand-Martin  | Jean         | Martin-Durand  | Jean          | PARTIAL_NAME
            Martin         | Jean-Pierre  | Martin         | Jean          | PARTIAL_NAME
            Martin-Durand  | Jean         | Martin         | Jean-Pierre   | PARTIAL_NAME
            Jean-Pierre    | Martin       | Martin         | Jean          | PARTIAL_NAME
            Nguyen Van     | Minh         | Nguyen         | Van Minh      | PARTIAL_NAME
            El Amrani      | Sara         | Amrani         | Sara          | PARTIAL_NAME
            de la Tour     | Anne         | La Tour        | Anne          | PARTIAL_NAME
            Benali         | Lina         | Benaly         | Lina          | SIMILAR_NAME
            Benali         | Lina         | Bennali        | Lina          | SIMILAR_NAME
            Diallo         | Mohamed      | Diallo         | Mohammed      | SIMILAR_NAME
            Diallo         | Mehdi        | Diallo         | Medhi         | SIMILAR_NAME
            Lina           | Benaly       | Benali         | Lina          | SIMILAR_NAME
            Diallo         | Ali          | Diallo         | Eli           | DIFFERENT
            Benali         | Lina         | Benaly         | Lyna          | DIFFERENT
            Benali         | Lina         | Benali         | Nora          | DIFFERENT
            Diallo         | Mohamed Amine | Diallo        | Mohamed Ali   | DIFFERENT
            Ben Ali        | Sara         | Ben Salem      | Sara          | DIFFERENT
            Martin         | Jean         | Jean           | Paul          | DIFFERENT
            Benali         | Lina         | Haddad         | Lina          | DIFFERENT
            """)
    void withoutIdentifiersNamesDecideAmongPeopleBornOnOneDay(
            String last, String first, String otherLast, String otherFirst, String expected) {
        var one = new Facts(null, null, last, first, BIRTH);
        var other = new Facts(null, null, otherLast, otherFirst, BIRTH);

        assertThat(word(IdentityMatch.between(one, other, NONE))).isEqualTo(expected);
        assertThat(word(IdentityMatch.between(other, one, NONE))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Benali        | Lina | Benaly  | Lyna        | true  | false | SIMILAR_NAME
            Benali        | Lina | Benaly  | Lyna        | false | true  | SIMILAR_NAME
            Benali-Haddad | Lina | Benali  | Lyna        | true  | false | SIMILAR_NAME
            Benali        | Lina | Benali  | Nora        | true  | true  | DIFFERENT
            Benali        | Lina | Diallo  | Awa         | true  | true  | DIFFERENT
            """)
    void aSharedPhoneOrCommuneMakesFaintLikenessDoubtfulButNeverTwinsOne(
            String last,
            String first,
            String otherLast,
            String otherFirst,
            boolean phone,
            boolean commune,
            String expected) {
        var one = new Facts(null, null, last, first, BIRTH);
        var other = new Facts(null, null, otherLast, otherFirst, BIRTH);

        assertThat(word(IdentityMatch.between(one, other, new Ties(phone, commune, false))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2009-01-01 | false | false | false | NAMESAKES
            2009-01-01 | false | true  | false | NAMESAKES
            2009-01-01 | true  | false | true  | SAME
            2008-12-31 | false | false | false | NAMESAKES
            2009-03-05 | false | false | true  | NAMESAKES
            2009-03-05 | true  | false | true  | SAME
            2009-03-05 | false | false | false | SAME
            2009-03-05 | false | true  | false | SAME
            """)
    void namesakesWithAnotherPhoneAndTownOrAUsualDateAreDoubtful(
            LocalDate birth, boolean phone, boolean same, boolean other, String expected) {
        var one = new Facts(null, null, "Diallo", "Fatoumata", birth);

        for (boolean sameFile : new boolean[] {true, false}) {
            assertThat(word(IdentityMatch.between(one, one, new Ties(phone, same, other, sameFile))))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2009-03-05 | 2009-03-15 | true  | SIMILAR_BIRTH_DATE
            2009-03-05 | 2008-03-05 | true  | SIMILAR_BIRTH_DATE
            2009-03-05 | 2009-05-03 | true  | SIMILAR_BIRTH_DATE
            2009-03-05 | 2009-05-03 | false | DIFFERENT
            2009-03-05 | 2009-03-06 | false | DIFFERENT
            2009-03-05 | 2009-03-16 | true  | SIMILAR_BIRTH_DATE
            2009-03-05 | 2008-05-03 | true  | SIMILAR_BIRTH_DATE
            2009-03-05 | 2009-04-15 | true  | SIMILAR_BIRTH_DATE
            2009-12-31 | 2010-01-01 | true  | SIMILAR_BIRTH_DATE
            2009-12-31 | 2010-01-01 | false | DIFFERENT
            """)
    void sameNamesAndPhoneAreNeverSimplyTwoPeople(
            LocalDate birth, LocalDate otherBirth, boolean phone, String expected) {
        var ties = new Ties(phone, true, false);

        assertThat(word(IdentityMatch.between(
                        new Facts(null, null, "Benali", "Lina", birth),
                        new Facts(null, null, "LINA", "Bénali", otherBirth),
                        ties)))
                .isEqualTo(expected);
        assertThat(word(IdentityMatch.between(
                        new Facts(null, null, "Benali", "Lina", birth),
                        new Facts(null, null, "Benali", "Nora", otherBirth),
                        ties)))
                .isEqualTo("DIFFERENT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # both people, INE and SIEI number; other name and birth date; one file?
            000000001AA | -  | 000000001AA | -  | Benali | Lina | 2009-03-05 | false | SAME
            000000001AA | -  | 000000001AA | -  | Haddad | Lina | 2009-03-05 | false | SAME
            000000001AA | -  | 000000001AA | -  | Benali | Lina | 2007-11-30 | false | SAME
            000000001AA | -  | 000000001AA | -  | Benaly | Lyna | 2007-11-30 | false | IDENTIFIER_ALONE
            000000001AA | -  | 000000001AA | -  | Benali | Lyna | 2007-11-30 | false | IDENTIFIER_ALONE
            000000001AA | -  | 000000001AA | -  | Benaly | Lina | 2009-05-03 | false | SAME
            000000001AA | -  | 000000001AA | -  | Diallo | Awa  | 2007-11-30 | false | IDENTIFIER_ALONE
            000000001AA | -  | 000000001AA | -  | Benali | Nora | 2009-03-05 | false | IDENTIFIER_ALONE
            -           | S1 | -           | S1 | Benali | Lina | 2009-03-05 | true  | SAME
            -           | S1 | -           | S1 | Diallo | Awa  | 2007-11-30 | true  | IDENTIFIER_ALONE
            000000001AA | S1 | 000000001AA | S2 | Benali | Lina | 2009-03-05 | false | SAME
            000000001AA | S1 | 000000002AA | S1 | Benali | Lina | 2009-03-05 | false | SAME
            000000001AA | S1 | 000000001AA | S2 | Haddad | Lina | 2009-03-05 | false | IDENTIFIERS_CROSSED
            000000001AA | S1 | 000000002AA | S1 | Benali | Lina | 2007-11-30 | false | IDENTIFIERS_CROSSED
            000000001AA | -  | 000000002AA | -  | Benali | Lina | 2009-03-05 | false | IDENTIFIERS_DIFFER
            000000001AA | -  | 000000002AA | -  | Benali | Lina | 2009-03-05 | true  | DIFFERENT
            -           | S1 | -           | S2 | Lina   | Benali | 2009-03-05 | false | IDENTIFIERS_DIFFER
            -           | S1 | -           | S2 | Benali | Lina | 2009-03-05 | true  | DIFFERENT
            000000001AA | -  | -           | S1 | Benali | Lina | 2009-03-05 | true  | SAME
            000000001AA | -  | 2023A12345B | -  | Benali | Lina | 2009-03-05 | false | IDENTIFIERS_DIFFER
            000000001AA | -  | 2023A12345B | -  | Benali | Lina | 2009-03-05 | true  | IDENTIFIERS_DIFFER
            000000001AA | -  | 2023A12345B | -  | Benaly | Lina | 2009-03-05 | false | SIMILAR_NAME
            000000001AA | -  | 000000002AA | -  | Benaly | Lina | 2009-03-05 | false | DIFFERENT
            000000001AA | -  | 000000002AA | -  | Benali | Lina | 2009-05-03 | false | SIMILAR_BIRTH_DATE
            -           | S1 | -           | S2 | Benali-Haddad | Lina | 2009-03-05 | false | DIFFERENT
            """)
    void identifiersDecideUnlessEverythingElseContradicts(
            @Nullable String ine,
            @Nullable String siei,
            @Nullable String otherIne,
            @Nullable String otherSiei,
            String lastName,
            String firstName,
            LocalDate birthDate,
            boolean sameFile,
            String expected) {
        var one = new Facts(ine, siei, "Benali", "Lina", BIRTH);
        var other = new Facts(otherIne, otherSiei, lastName, firstName, birthDate);
        var ties = new Ties(true, true, sameFile);

        assertThat(word(IdentityMatch.between(one, other, ties))).isEqualTo(expected);
        assertThat(word(IdentityMatch.between(other, one, ties))).isEqualTo(expected);
    }

    @Property
    void itDoesNotMatterWhoComesFirst(
            @ForAll("people") Facts one,
            @ForAll("people") Facts other,
            @ForAll boolean phone,
            @ForAll boolean commune,
            @ForAll boolean sameFile) {
        var ties = new Ties(phone, commune, sameFile);

        assertThat(IdentityMatch.between(one, other, ties)).isEqualTo(IdentityMatch.between(other, one, ties));
    }

    @Property
    void everybodyIsTheSameAsThemselves(@ForAll("people") Facts person, @ForAll boolean sameFile) {
        assertThat(IdentityMatch.between(person, person, new Ties(false, false, sameFile)))
                .isEqualTo(new Same());
    }

    @Property
    void spellingNeverMakesTwoPeopleOfOne(
            @ForAll("people") Facts person,
            @ForAll("spellings") UnaryOperator<String> last,
            @ForAll("spellings") UnaryOperator<String> first,
            @ForAll boolean swapped) {
        String lastName = last.apply(person.lastName());
        String firstName = first.apply(person.firstName());
        var respelt = new Facts(
                null,
                person.sieiNumber(),
                swapped ? firstName : lastName,
                swapped ? lastName : firstName,
                person.birthDate());

        assertThat(IdentityMatch.between(person, respelt, NONE)).isEqualTo(new Same());
    }

    @Property
    void peopleWhoArePerhapsOneButNotMisspeltFindEachOther(@ForAll("people") Facts one, @ForAll("people") Facts other) {
        var verdict = IdentityMatch.between(
                new Facts(null, null, one.lastName(), one.firstName(), BIRTH),
                new Facts(null, null, other.lastName(), other.firstName(), BIRTH),
                NONE);

        if (word(verdict).equals("SAME") || word(verdict).equals("PARTIAL_NAME")) {
            assertThat(Identity.pairKeys(one.lastName(), one.firstName()))
                    .containsAnyOf(Identity.pairKeys(other.lastName(), other.firstName()));
        }
    }

    @Provide
    Arbitrary<Facts> people() {
        Arbitrary<String> names = Arbitraries.of(
                "Benali",
                "Benaly",
                "Ben Ali",
                "Lina",
                "Lyna",
                "Martin-Durand",
                "Martin",
                "Jean-Pierre",
                "Jean",
                "N'Guyen",
                "Nguyễn Văn",
                "Œuvrard",
                "Yıldız",
                "de la Tour",
                "Zoé",
                "El Amrani",
                "Amrani",
                "Le",
                "Ba");
        return Combinators.combine(
                        Arbitraries.of("000000001AA", "000000002AA", "2023A12345B")
                                .injectNull(0.5),
                        Arbitraries.of("S1", "S2").injectNull(0.5),
                        names,
                        names,
                        Arbitraries.of(
                                BIRTH, LocalDate.of(2009, 5, 3), LocalDate.of(2009, 3, 6), LocalDate.of(2007, 11, 30)))
                .as(Facts::new);
    }

    @Provide
    Arbitrary<UnaryOperator<String>> spellings() {
        return Arbitraries.of(
                name -> name,
                name -> name.toUpperCase(Locale.FRENCH),
                name -> name.toLowerCase(Locale.FRENCH),
                name -> name.replace('-', ' '),
                name -> name.replace(' ', '-'),
                name -> name.replace(" ", ""),
                name -> name.replace("-", ""),
                name -> name.replace("'", "’"),
                name -> name.replace("'", " "),
                name -> " " + name.replace(" ", "  ") + " ",
                name -> Normalizer.normalize(name, Normalizer.Form.NFD),
                name -> Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{Mn}", ""),
                name -> name.replace("Œ", "OE"));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Same ignored -> "SAME";
            case Doubtful doubtful -> doubtful.doubt().name();
            case IdentityMatch.Different ignored -> "DIFFERENT";
        };
    }
}
