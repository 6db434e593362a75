package fr.raccroche.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quatre chevaux sur la plage",
                "abricot vélo 7",
                "tout en minuscules",
                "🐎🐎🐎 la plage de Berck",
                "ma grand-mère s'appelle Zoé"
            })
    void longAndUncommonIsEnough(String password) {
        assertThat(PasswordRules.refusal(password, "alex.martin@example.org", "Alex Martin"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "court",
                "onzelettres",
                "motdepasse2026",
                "MotDePasse2026",
                "123456789012",
                "azertyuiopqs",
                "aaaaaaaaaaaaaa",
                "abababababab",
                "poiuytrezapoi",
                "Raccroche2026",
                "alexmartin2026",
                "Martin Alex 93",
                "martin.martin.1"
            })
    void whatEverybodyWouldTryFirstIsRefused(String password) {
        assertThat(PasswordRules.refusal(password, "alex.martin@example.org", "Alex Martin"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 5000})
    void lengthHasABound(int length) {
        assertThat(PasswordRules.refusal("abcdefgh ".repeat(length).substring(0, length), "a@example.org", "A"))
                .contains("128");
    }
}
