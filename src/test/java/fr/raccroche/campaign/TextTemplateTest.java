package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.TextTemplate.Values;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void theHourIsTheReadersOwn() {
        var reunion =
                new Values("Lina", "", "", "", Instant.parse("2026-11-26T21:30:00Z"), ZoneId.of("Indian/Reunion"));

        assertThat(new TextTemplate("{date} à {heure}").render(reunion)).isEqualTo("vendredi 27 novembre à 1 h 30");
    }

    @Test
    void whatAFieldBringsIsNotReadAgain() {
        var values = new Values("{lien}", "+33199000100", "$1\\", "x", null);

        assertThat(new TextTemplate("{prenom} {lien}").render(values)).isEqualTo("{lien} $1\\");
    }

    @ParameterizedTest
    @CsvSource({
        "FALLBACK, true, 'Bonjour {prenom} {numero} {lien} {service}', ''",
        "REMINDER, true, '{date} {heure} STOP', ''",
        "FALLBACK, true, 'à {heure} STOP', '« {heure} »'",
        "FALLBACK, true, 'Bonjour', 'STOP'",
        "FALLBACK, false, 'Bonjour', ''",
        "FALLBACK, true, '', 'Écrivez'",
        "FALLBACK, false, '', ''",
        "FALLBACK, false, 'Vous êtes décrocheur', 'pourquoi'",
        "FALLBACK, true, 'Bonjour [prenom] STOP', '« [prenom] »'"
    })
    void aTextIsKeptOrRefusedWithAReason(TextKind kind, boolean isOn, String text, String words) {
        String refusal = new TextTemplate(text).refusal(kind, isOn).orElse("");

        assertThat(refusal.isEmpty()).isEqualTo(words.isEmpty());
        assertThat(refusal).contains(words);
    }
}
