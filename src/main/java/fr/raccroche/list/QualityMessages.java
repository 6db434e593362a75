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

    @Message("non renseigné")
    String noSchool();

    @Message("Lignes")
    String rows();

    @Message("Jeunes sur la liste")
    String people();

    @Message("Avec un téléphone valable")
    String withPhone();

    @Message("Sans téléphone utilisable")
    String noPhone();

    @Message("Date de naissance absente ou invraisemblable")
    String noBirthDate();

    @Message("Moins de 16 ans")
    String under16();

    @Message("Doublons")
    String duplicates();

    @Message("Lignes rejetées en tout")
    String rejected();

    @Message("Cellules corrigées")
    String corrected();

    @Message("Lignes douteuses")
    String doubtful();

    @Message("Jeunes retirés")
    String withdrawn();

    @Message("Jeunes appelés")
    String called();

    @Message("Jeunes joints")
    String reached();

    @Message("Déjà en solution, parmi les joints")
    String inSolution();

    @Message("Numéros faux ou hors service, parmi les appelés")
    String dead();

    @Message("Mesure")
    String measure();

    @Message("Valeur")
    String value();

    @Message("Liste")
    String list();

    @Message("Établie par")
    String source();

    @Message("Bilan du")
    String day();

    @Message("trop peu")
    String tooFew();
}
