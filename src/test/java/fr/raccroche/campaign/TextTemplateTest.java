package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.TextTemplate.Values;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {

    private static final Values LINA = new Values(
            "Lina", "+33199000100", "https://exemple.fr/r/abc", "la Région", Instant.parse("2026-11-26T16:30:00Z"));

    @Test
    void everyFieldIsFilledIn() {
        assertThat(new TextTemplate("{prenom}, {service} appelle {date} à {heure} du {numero} : {lien} {prenom}")
                        .render(LINA))
                .isEqualTo("Lina, la Région appelle jeudi 26 novembre à 17 h 30 du 01 99 00 01 00 :"
                        + " https://exemple.fr/r/abc Lina");
    }

    @Test
    void whatAFieldBringsIsNotReadAgain() {
        var values = new Values("{lien}", "+33199000100", "$1\\", "x", null);

        assertThat(new TextTemplate("{prenom} {lien}").render(values)).isEqualTo("{lien} $1\\");
    }

    @ParameterizedTest
    @CsvSource({
        "FALLBACK, 'Bonjour {prenom} {numero} {lien} {service}', ",
        "REMINDER, '{date} {heure}', ",
        "FALLBACK, 'à {heure}', {heure}",
        "FALLBACK, 'Bonjour {nom}', {nom}",
        "FALLBACK, 'Bonjour {Prenom}', {Prenom}",
        "FALLBACK, 'Bonjour {}', {}",
        "FALLBACK, 'Bonjour {prenom', {",
        "FALLBACK, 'Bonjour prenom}', }",
        "FALLBACK, 'Bonjour {{prenom}}', {"
    })
    void whatIsNoFieldIsFound(TextKind kind, String text, String stranger) {
        assertThat(new TextTemplate(text).stranger(kind)).isEqualTo(Optional.ofNullable(stranger));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vous êtes décrocheur",
                "DÉCROCHEUSE",
                "le décrochage scolaire",
                "jeune déscolarisé",
                "decrocheurs"
            })
    void theReasonIsNeverTold(String text) {
        assertThat(new TextTemplate(text).tellsTheReason()).isTrue();
    }

    @Test
    void aPhoneThatNobodyPickedUpIsNoReason() {
        assertThat(new TextTemplate("Vous n'avez pas décroché").tellsTheReason())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'Répondez STOP', true",
        "'stop.', true",
        "'{lien}', true",
        "'Appelez le {numero}', true",
        "'Bonjour {prenom}', false",
        "'stopper', false"
    })
    void aTextSaysHowToStop(String text, boolean says) {
        assertThat(new TextTemplate(text).tellsHowToStop()).isEqualTo(says);
    }
}
