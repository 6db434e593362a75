package fr.raccroche.list;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page where somebody says whether two records mean one person. */
@MessageBundle("review")
public interface ReviewMessages {

    @Message("Lignes douteuses")
    String title();

    @Message("Retour à la liste")
    String back();

    @Message("Reste à examiner : {rows}")
    String left(String rows);

    @Message(
            "Une ligne du fichier ressemble à quelqu'un de connu. Est-ce la même personne ? Personne n'est appelé depuis cette ligne avant votre réponse.")
    String question();

    @Message("Ligne {n} du fichier")
    String row(int n);

    @Message("Personne connue")
    String known();

    @Message("Information")
    String fact();

    @Message("Listes")
    String lists();

    @Message("Responsable")
    String guardian();

    @Message("Téléphones")
    String phones();

    @Message("Même personne")
    String same();

    @Message("Deux personnes")
    String different();

    @Message("Plus tard")
    String later();

    @Message("la ligne complète le dossier connu, son histoire est gardée")
    String sameHint();

    @Message("la ligne devient un nouveau dossier ; un identifiant déjà pris reste à l'autre")
    String differentHint();

    @Message("Touches de cette page")
    String keys();

    @Message("Fermer")
    String close();

    @Message("Il ne reste rien à examiner sur cette liste.")
    String nothing();

    @Message("Il ne reste rien après cette ligne.")
    String nothingAfter();

    @Message("Revenir à la première")
    String first();

    @Message("Décisions prises")
    String decided();

    @Message("Ligne")
    String line();

    @Message("Personne")
    String person();

    @Message("Décision")
    String decision();

    @Message("Par")
    String by();

    @Message("Revenir sur cette décision")
    String undo();

    @Message("Revenir sur la décision à propos de {name}")
    String undoOf(String name);

    @Message("C'est noté : {name}, {decision}.")
    String noted(String name, String decision);

    @Message("Cette ligne n'existe pas, ou n'existe plus.")
    String noSuchRow();

    @Message("Choisissez « Même personne » ou « Deux personnes ».")
    String choose();
}
