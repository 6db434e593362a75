package fr.raccroche.list;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page where somebody says whether two records mean one person. */
@MessageBundle("review")
public interface ReviewMessages {

    @Message("Responsable")
    String guardian();

    @Message("Téléphones")
    String phones();

    @Message("Même personne")
    String same();

    @Message("Deux personnes")
    String different();

    @Message("Cette ligne n'existe pas, ou n'existe plus.")
    String noSuchRow();

    @Message("Choisissez « Même personne » ou « Deux personnes ».")
    String choose();
}
