package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts about a file on its way into a list; families of words are in {@code messages/load.properties}. */
@MessageBundle("load")
public interface LoadMessages {

    /** Where a load stands, in a word or two. */
    @Message
    String state(LoadState state);

    /** What a person has to do about it, or what happens next. */
    @Message
    String next(LoadState state);

    /** One of our columns, by its name for people. */
    @Message
    String label(Column column);

    @Message("Ce que cela ferait")
    String stepEffect();

    @Message("Nouvelle liste")
    String newList();

    @Message("Lecture")
    String reading();

    @Message("{rows} lignes lues, {rejected} rejetées")
    String read(String rows, String rejected);

    @Message("Pendant que vous regardiez, une autre version a été chargée. Voici ce que ce fichier ferait maintenant.")
    String changedMeanwhile();

    @Message(
            "La date de référence de ce fichier ({day}) précède celle de la liste ({of}) : ce fichier semble être celui d'une année passée. Vérifiez-le, ou chargez-le comme une nouvelle liste.")
    String listOfBefore(String day, String of);

    @Message(
            "Une erreur imprévue a interrompu ce chargement. Rien n'en a été gardé : chargez le fichier de nouveau, et si l'erreur revient, prévenez l'administrateur.")
    String failed();

    @Message("Annuler cette version")
    String undo();

    @Message("Annuler la version {n} de « {list} » ? La liste redeviendra exactement comme avant.")
    String confirmUndo(int n, String list);

    @Message("Colonne")
    String column();
}
