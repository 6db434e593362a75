package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Correction;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.table.Refused;
import fr.raccroche.youth.IdentityMatch;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the list pages; the longer families are in {@code messages/lists.properties}. */
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

    @Message("Cette ligne a déjà reçu une décision.")
    String alreadyDecided();

    @Message("Cette ligne attend encore une décision.")
    String notDecided();

    @Message("Un chargement est en cours d'application. Réessayez dans un instant.")
    String busy();

    @Message("Ce chargement n'existe pas.")
    String noSuchLoad();

    @Message("Ce fichier n'est plus en attente.")
    String loadEnded();

    @Message(
            "Cette clé a déjà servi pour un autre envoi de cette source. Une clé vaut pour un seul envoi : prenez-en une nouvelle.")
    String keyReused();

    @Message("Listes")
    String title();

    @Message("Charger un fichier")
    String uploadTitle();

    @Message("Fichier de la liste")
    String file();

    @Message("CSV, texte ou classeur Excel (.xlsx), dans n'importe quel ordre de colonnes, 400 Mo au plus.")
    String fileHint();

    @Message("Ce fichier dépasse 400 Mo. Découpez-le, puis chargez les morceaux l'un après l'autre comme compléments.")
    String fileTooLarge();

    @Message("Colonnes reconnues")
    String columnsLink();

    @Message("Charger dans")
    String target();

    @Message("Nouvelle liste")
    String newList();

    @Message("Nom de la liste")
    String name();

    @Message("Expéditeur")
    String source();

    @Message(
            "Qui a établi la liste : rectorat, DRAAF, CFA… Choisissez-le ou écrivez un nouveau nom. Ses colonnes seront reconnues la prochaine fois.")
    String sourceHint();

    @Message("Date de référence")
    String referenceDate();

    @Message("L'âge des jeunes se compte à cette date.")
    String referenceDateHint();

    @Message("Le fichier contient")
    String contains();

    @Message("toutes les personnes de la liste : qui n'y figure pas la quitte")
    String wholeList();

    @Message("des ajouts et des changements seulement : personne ne quitte la liste")
    String additions();

    @Message("Envoyer le fichier")
    String upload();

    @Message("Envoi en cours…")
    String uploading();

    @Message(
            "Vous verrez ensuite comment le fichier est lu et ce qu'il changerait. Rien n'est enregistré avant votre accord.")
    String uploadHint();

    @Message("Le fichier n'a pas été reçu")
    String refusedTitle();

    @Message("Rien n'a été enregistré.")
    String refusedSafe();

    @Message("Donnez un nom à la liste.")
    String nameMissing();

    @Message("Choisissez un fichier à charger.")
    String fileMissing();

    @Message("La date de référence n'est pas une date.")
    String referenceDateWrong();

    @Message(
            "Cette page montrera chaque liste avec le nombre de jeunes, sa dernière version et ce qui reste à examiner. Chargez un premier fichier ci-dessus.")
    String empty();

    @Message("Listes chargées")
    String loaded();

    @Message("Liste")
    String list();

    @Message("Jeunes")
    String people();

    @Message("Dernière version")
    String lastVersion();

    @Message("version {n}, {day}")
    String versionOf(int n, String day);

    @Message("toutes les versions sont annulées")
    String noVersion();

    @Message("À examiner")
    String toReview();

    @Message("Rejetées")
    String rejected();

    @Message("Expéditeurs et jetons")
    String sources();

    @Message("Envoi par programme")
    String api();

    @Message("sur la liste aujourd'hui")
    String peopleHint();

    @Message("Retirés")
    String withdrawn();

    @Message("étaient sur la liste")
    String withdrawnHint();

    @Message("Lignes douteuses")
    String doubtful();

    @Message("quelqu'un doit dire de qui il s'agit")
    String doubtfulHint();

    @Message("Lignes rejetées")
    String rejects();

    @Message("dans la dernière version")
    String rejectsHint();

    @Message("Établie par {source}. Âges au {day}.")
    String origin(String source, String day);

    @Message("Âges au {day}.")
    String originUnknown(String day);

    @Message("Examiner les lignes douteuses")
    String review();

    @Message("Charger une nouvelle version")
    String newVersion();

    @Message("Préparer une campagne")
    String makeCampaign();

    @Message("Qualité de la liste")
    String quality();

    @Message("Versions")
    String versions();

    @Message("Version")
    String version();

    @Message("Fichier")
    String fileName();

    @Message("Chargée")
    String loadedOn();

    @Message("{at}, par {by}")
    String loadedBy(String at, String by);

    @Message("un programme")
    String program();

    @Message("complète")
    String complete();

    @Message("complément")
    String complement();

    @Message("annulée")
    String undone();

    @Message("Lignes")
    String rows();

    @Message("Nouveaux")
    String created();

    @Message("Déjà connus")
    String joined();

    @Message("Modifiés")
    String changed();

    @Message("Inchangés")
    String unchanged();

    @Message("Douteux")
    String doubts();

    @Message("La version {n} ne peut pas être annulée.")
    String cannotUndo(int n);

    @Message("oui")
    String yes();

    @Message("un téléphone au moins")
    String onePhone();

    @Message("non")
    String no();

    @Message("Toutes les listes")
    String back();

    @Message("Cette liste n'existe pas.")
    String noSuchList();
}
