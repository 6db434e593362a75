package fr.raccroche.sms;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                " stop ",
                "Stop.",
                "STOP SMS",
                "stop svp",
                "ARRET",
                "Arrêt!",
                "ARRÊT",
                "arrêtez svp",
                "Arrêtez de m'appeler",
                "ne m'appelez plus",
                "Ne m’appelez plus, merci",
                "ne m'appelle plus",
                "n'appelez plus",
                "Merci de ne plus m'appeler",
                "ne me contactez plus",
                "Ne me rappelez pas",
                "Ne pas me rappeler... ne m'appelez pas",
                "ne me dérangez plus",
                "UNSUBSCRIBE",
                "Stopall",
                "CANCEL",
                "END.",
                "quit!",
                "ARRÊTER",
                "désinscription",
                "STOP 36111",
                "Stop calling me",
                "please stop texting me",
                "Don't call me",
                "do not text me again",
                "N\u2019appelez plus",
                "NE M'APPELEZ PLUS!!!",
                "stop merci",
                "Stop, je suis déjà inscrite",
                "STOP!!! laissez-moi tranquille",
                "Arrêt SMS",
                "stop aux appels",
                "Arrêtez vos messages",
                "Stop\nMerci",
                "Non mais arrêtez de m'appeler",
                "Je comprends mais ne me rappelez plus",
                "Qui êtes-vous ? Ne m'appelez plus",
                "Pourquoi moi ? Arrêtez de m'appeler."
            })
    void clearWordsObject(String text) {
        assertThat(Reply.of(text)).isEqualTo(Reply.OBJECTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "…",
                "stop ou encore",
                "oui",
                "Bonjour qui est-ce ?",
                "appelez moi",
                "rappelez-moi demain",
                "je suis au lycée, appelez plus tard",
                "Vous pouvez me rappeler plus tard ?",
                "ne m'appelez pas avant 17h",
                "Ne me rappelez pas demain, plutôt jeudi",
                "ne m'appelez pas le matin",
                "j'ai plus de crédit je ne peux plus appeler, rappelez moi",
                "je ne suis pas en arrêt",
                "le bus s'arrête devant la mission locale ?",
                "non",
                "don't call me before 5pm",
                "ending school next year",
                "you can call me to cancel",
                "Arrêt maladie jusqu'à lundi, rappelez-moi mardi",
                "Arrêt maladie depuis deux semaines",
                "Arrêt de l'école depuis mars, je cherche une formation",
                "arrêt de bus Jean Jaurès 14h",
                "Pourquoi vous ne rappelez pas ?",
                "Pourquoi vous ne rappelez pas",
                "Vous ne me rappelez plus, j'attends toujours",
                "Personne ne m'appelle plus",
                "Je ne m'appelle pas Lina",
                "Vous avez arrêté de me rappeler",
                "Ne m'appelez pas vendredi, plutôt lundi",
                "Ne m'appelez plus le soir",
                "Ne me rappelez pas sur ce numéro, mais au 06 39 98 00 01",
                "ne me rappelez plus sur ce numero",
                "Stop mais rappelez-moi",
                "Stop, rappelez-moi plus tard",
                "stop ?",
                "Stop à l'alternance, je veux un CDI"
            })
    void inDoubtAPersonReads(String text) {
        assertThat(Reply.of(text)).isEqualTo(Reply.TO_READ);
    }

    @Property
    void anyTextIsReadable(@ForAll String text) {
        assertThat(Reply.of(text)).isNotNull();
    }
}
