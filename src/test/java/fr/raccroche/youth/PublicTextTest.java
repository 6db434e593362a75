package fr.raccroche.youth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be said to a youth, and the word that never is. */
class PublicTextTest {

    private static final List<String> PLACES = List.of("{prenom}", "{numero}", "{lien}");
    private static final List<String> FAMILY = List.of(
            "décrocheur", "décrocheurs", "décrocheuse", "décrocheuses", "décrochage", "décrochages", "decrocheur");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vous êtes décrocheur",
                "DÉCROCHEUSE",
                "le décrochage scolaire",
                "jeune déscolarisé",
                "decrocheurs",
                "de\u0301crocheur",
                "decrocheurr",
                "décroheur",
                "decrcoheur",
                "dékrocheur",
                "decroshage",
                "décroche-ur",
                "d é c r o c h e u r",
                "d.é.c.r.o.c.h.e.u.r",
                "déc rocheurs",
                "décro-\nchage",
                "d\u00e9c\u00adrocheur",
                "d\u00e9cro\u200bcheur",
                "*décrocheur*",
                "(décrocheuses)",
                "_d_é_c_r_o_c_h_a_g_e_",
                "#jeunedécrocheur",
                "décr0cheur",
                "d3crocheur",
                "décroch@ge",
                "D€crocheur",
                "d\u0435cr\u043echeur",
                "\uff44\uff45\uff43\uff52\uff4f\uff43\uff48\uff45\uff55\uff52",
                "\ud835\udc1d\ud835\udc1e\ud835\udc1c\ud835\udc2b\ud835\udc28\ud835\udc1c\ud835\udc21\ud835\udc1e\ud835\udc2e\ud835\udc2b",
                "décrocheur·euse·s",
                "décrocheu(r/se)",
                "ddéccrrocheeuur",
                "ex-décrocheur",
                "les élèves décrochés",
                "jeune décroché",
                "Vous avez décroché du lycée",
                "vous avez décroché de l'école",
                "un décroché scolaire",
                "en rupture scolaire",
                "un drop-out"
            })
    void theWordIsFoundHoweverItIsWritten(String text) {
        assertThat(new PublicText(text).tellsTheReason()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vous n'avez pas décroché",
                "Vous avez décroché et personne n'était là : nous vous rappelons.",
                "Si vous décrochez, nous vous parlerons",
                "Quand personne ne décroche, urgent : appelez-nous",
                "on décroche une fois, utilisez le lien",
                "Décrochez un emploi, une formation ou un apprentissage !",
                "il décrochera demain, elles décrocheraient aussi",
                "Raccrochez pour terminer. Raccroche, le service de la Région",
                "un texte accrocheur, un accrochage, rapprochez-vous",
                "le déclencheur, le démarchage, les rochers, la crèche",
                "Bonjour {prenom}, la Région Ile-de-France a essayé de vous joindre. Appelez le 01 99 00 01 00",
                "Des cours, du lycée, de l'école : parlons de vos projets",
                "Rendez-vous rue des Rocheuses",
                ""
            })
    void whatOnlySoundsAlikeMayBeSaid(String text) {
        assertThat(new PublicText(text).tellsTheReason()).isFalse();
    }

    @Provide
    Arbitrary<String> decorated() {
        Arbitrary<String> noise =
                Arbitraries.of("", "", "", " ", ".", "-", "_", "*", "\u200b", "\u00ad", " . ", "/", "\n", "\u0301");
        return Combinators.combine(Arbitraries.of(FAMILY), noise, Arbitraries.of(true, false))
                .as((word, between, loud) -> {
                    String spelt = String.join(between, word.split(""));
                    return "Bonjour, " + (loud ? spelt.toUpperCase(Locale.ROOT) : spelt) + ", STOP";
                });
    }

    @Property
    void noDecorationHidesIt(@ForAll("decorated") String text) {
        assertThat(new PublicText(text).tellsTheReason()).isTrue();
    }

    @Property
    void noCutHidesIt(@ForAll("cut") String text) {
        assertThat(new PublicText(text).tellsTheReason()).isTrue();
    }

    @Provide
    Arbitrary<String> cut() {
        return Combinators.combine(
                        Arbitraries.of(FAMILY),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.of(" ", "-", "\n", "·"))
                .as((word, at, sign) -> "Vous, " + word.substring(0, at) + sign + word.substring(at));
    }

    @ParameterizedTest
    @CsvSource({
        "'Bonjour {prenom} {numero} {lien}', ",
        "'Bonjour {nom}', {nom}",
        "'Bonjour {Prenom}', {Prenom}",
        "'Bonjour { prenom }', { prenom }",
        "'Bonjour {}', {}",
        "'Bonjour {prenom', {",
        "'Bonjour prenom}', }",
        "'Bonjour {{prenom}}', {",
        "'Bonjour [prénom]', [prenom]",
        "'Bonjour <prenom>', <prenom>",
        "'Bonjour %prenom%', %prenom%",
        "'Bonjour $prenom, ça va ?', $prenom",
        "'100 % des [jeunes] <ici>', "
    })
    void whatIsNoFieldIsFound(String text, String stranger) {
        assertThat(new PublicText(text).stranger(PLACES)).isEqualTo(Optional.ofNullable(stranger));
    }

    @ParameterizedTest
    @CsvSource({
        "'Répondez STOP', true",
        "'stop.', true",
        "'STOP-SMS', true",
        "'{lien}', true",
        "'Appelez le {numero}', true",
        "'Bonjour {prenom}', false",
        "'stopper', false",
        "'des appels non-stop', false"
    })
    void aTextSaysHowToStop(String text, boolean says) {
        assertThat(new PublicText(text).tellsHowToStop()).isEqualTo(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bonjour {prenom}", "Bonjour [prenom]", "le service du décrochage"})
    void whatIsSaidHasNoFields(String text) {
        assertThat(new PublicText(text).refusedAsSpoken()).isPresent();
    }
}
