package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Correction;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.table.Refused;
import fr.raccroche.youth.IdentityMatch;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the list pages that several say; the longer families are in {@code messages/lists.properties}. */
@MessageBundle("lists")
public interface ListMessages {

    /** Why a row was rejected or a cell dropped. */
    @Message
    String issue(RowIssue issue);

    /** What was undone in a cell, or found out about it. */
    @Message
    String correction(Correction.Kind kind);

    /** Why a supervisor has to say whether a row means somebody who is known. */
    @Message
    String doubt(IdentityMatch.Doubt doubt);

    /** Why a file was refused; columns may follow. */
    @Message
    String refused(Refused.Reason reason);

    /** What belongs into a column. */
    @Message
    String column(Column column);

    /** Why a version cannot be undone any more. */
    @Message
    String obstacle(Merge.Obstacle obstacle);

    @Message("Ce chargement n'existe pas.")
    String noSuchLoad();

    @Message("CSV, texte ou classeur Excel (.xlsx), dans n'importe quel ordre de colonnes, 400 Mo au plus.")
    String fileHint();

    @Message("Jeunes")
    String people();

    @Message("Rejetées")
    String rejected();

    @Message("un programme")
    String program();

    @Message("Toutes les listes")
    String back();

    @Message("Cette liste n'existe pas.")
    String noSuchList();
}
