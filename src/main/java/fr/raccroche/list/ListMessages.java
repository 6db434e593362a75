package fr.raccroche.list;

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

    @Message("Listes")
    String title();

    @Message("Charger une liste")
    String uploadTitle();

    @Message("Fichier CSV de la liste")
    String file();

    @Message("UTF-8, séparateur point-virgule, première ligne avec le nom des colonnes, 32 Mo au plus.")
    String fileHint();

    @Message("Colonnes attendues")
    String columnsLink();

    @Message("Nom de la liste")
    String name();

    @Message("Date de référence")
    String referenceDate();

    @Message("L'âge des jeunes se compte à cette date.")
    String referenceDateHint();

    @Message("Charger la liste")
    String upload();

    @Message("La liste n'a pas été chargée")
    String refusedTitle();

    @Message("Rien n'a été enregistré. Corrigez le fichier, puis chargez-le de nouveau.")
    String refusedSafe();

    @Message("Donnez un nom à la liste.")
    String nameMissing();

    @Message("Choisissez un fichier à charger.")
    String fileMissing();

    @Message("La date de référence n'est pas une date.")
    String referenceDateWrong();

    @Message(
            "Cette page montrera chaque liste chargée avec son bilan : jeunes nouveaux, déjà connus, lignes rejetées. Chargez un premier fichier ci-dessus ; ses colonnes sont décrites dans « Colonnes attendues ».")
    String empty();

    @Message("Listes chargées")
    String loaded();

    @Message("Liste")
    String list();

    @Message("Chargée le")
    String loadedOn();

    @Message("Lignes")
    String rows();

    @Message("Nouveaux")
    String created();

    @Message("Déjà connus")
    String known();

    @Message("Acceptés")
    String accepted();

    @Message("Rejetées")
    String rejected();

    @Message("Cellules ignorées")
    String warnings();

    @Message("jeunes jamais vus")
    String createdHint();

    @Message("ajoutés sans doublon")
    String knownHint();

    @Message("personne n'est appelé depuis ces lignes")
    String rejectedHint();

    @Message("la ligne est gardée sans elles")
    String warningsHint();

    @Message("{file}, chargé le {at} par {by}. Âges au {day}.")
    String origin(String file, String at, String by, String day);

    @Message("Raccroche")
    String program();

    @Message("Lignes rejetées")
    String rejects();

    @Message("Télécharger les rejets (CSV)")
    String downloadRejects();

    @Message(
            "Le fichier des rejets garde les colonnes d'origine et ajoute la ligne, la colonne et le motif. Corrigez-le dans un tableur, puis chargez-le comme une nouvelle liste.")
    String rejectsHint();

    @Message("Les {count} premières sont montrées ici.")
    String rejectsShown(int count);

    @Message("Aucune ligne rejetée.")
    String noRejects();

    @Message("Ligne")
    String line();

    @Message("Colonne")
    String columnTitle();

    @Message("Motif")
    String reasonTitle();

    @Message("Cellules ignorées dans les lignes acceptées")
    String dropped();

    @Message("Préparer une campagne")
    String makeCampaign();

    @Message("Colonnes d'une liste")
    String columnsTitle();

    @Message("Les colonnes peuvent venir dans n'importe quel ordre. Les autres colonnes du fichier sont ignorées.")
    String columnsIntro();

    @Message("Obligatoire")
    String required();

    @Message("oui")
    String yes();

    @Message("non")
    String no();

    @Message("Contenu")
    String content();

    @Message("Une ligne est rejetée quand")
    String rejectedWhen();

    @Message("Une cellule est ignorée, et comptée, quand")
    String droppedWhen();

    @Message("Toutes les listes")
    String back();

    @Message("Cette liste n'existe pas.")
    String noSuchList();
}
