package fr.raccroche.list;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the quality report, on the page and in the workbook. */
@MessageBundle("quality")
public interface QualityMessages {

    @Message(
            "Lignes rejetées, corrigées et douteuses : depuis le dernier fichier complet. Jeunes : sur la liste aujourd'hui.")
    String scope();

    @Message("Les réponses d'un établissement ne sont données qu'à partir de {few} jeunes joints.")
    String few(int few);

    @Message("Toute la liste")
    String whole();

    @Message("Par établissement")
    String bySchool();

    @Message("Établissement (UAI)")
    String school();
}
