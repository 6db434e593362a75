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

    @Message("Fichiers en cours")
    String open();

    @Message("Derniers fichiers reçus")
    String ended();

    @Message("Fichier")
    String file();

    @Message("Où il en est")
    String where();

    @Message("Reçu le")
    String received();

    @Message("Continuer")
    String goOn();

    @Message("Voir")
    String see();

    @Message("Nouvelle liste")
    String newList();

    @Message("Ce fichier est un fichier de rejets corrigé. Il complète une liste : personne ne la quitte.")
    String rejectFile();

    @Message("Charger dans")
    String target();

    @Message("Enregistrer ce choix")
    String keepTarget();

    @Message("Le fichier contient")
    String contains();

    @Message("toutes les personnes de la liste")
    String wholeList();

    @Message("des ajouts et des changements seulement")
    String additions();

    @Message("Comment le fichier est lu")
    String layout();

    @Message("Texte en {charset}, cellules séparées par {separator}, noms des colonnes à la ligne {line}.")
    String layoutOfText(String charset, String separator, int line);

    @Message("Classeur, feuille « {sheet} », noms des colonnes à la ligne {line}.")
    String layoutOfWorkbook(String sheet, int line);

    @Message("Jeu de caractères")
    String charset();

    @Message("Séparateur")
    String separator();

    @Message("point-virgule")
    String semicolon();

    @Message("virgule")
    String comma();

    @Message("tabulation")
    String tab();

    @Message("barre verticale")
    String bar();

    @Message("Feuille")
    String sheet();

    @Message("Ligne des noms de colonnes")
    String headerLine();

    @Message("Le début du fichier, ligne par ligne")
    String topLines();

    @Message("Relire le fichier ainsi")
    String readAgain();

    @Message("Lu de cette façon, le fichier n'est pas lisible. {reason} La lecture précédente est gardée.")
    String layoutWrong(String reason);

    @Message("Cette façon de lire n'existe pas.")
    String layoutUnknown();

    @Message("Colonnes du fichier")
    String columns();

    @Message(
            "Vérifiez ce que devient chaque colonne du fichier. Les choix sont gardés pour les prochains fichiers du même expéditeur.")
    String columnsHint();

    @Message("Colonne du fichier")
    String columnOfFile();

    @Message("sans nom")
    String unnamed();

    @Message("Devient")
    String becomes();

    @Message("Devient, pour la colonne {name}")
    String becomesFor(String name);

    @Message("— n'est pas lue —")
    String notRead();

    @Message("Ligne {n}")
    String row(int n);

    @Message("Il reste à corriger")
    String problems();

    @Message("Il manque une colonne : {column}.")
    String missing(String column);

    @Message("Aucune colonne ne donne de téléphone : ni du jeune, ni d'un responsable.")
    String noPhone();

    @Message("« {column} » est choisi pour plusieurs colonnes : {columns}.")
    String twice(String column, String columns);

    @Message("C'est bien ça, lire le fichier")
    String accept();

    @Message("Les colonnes ont changé pendant que cette page était ouverte : vérifiez-les de nouveau.")
    String columnsMoved();

    @Message("L'arrêt est demandé…")
    String canceling();

    @Message("Lecture")
    String reading();

    @Message("{rows} lignes lues, {rejected} rejetées")
    String read(String rows, String rejected);

    @Message("{rows} lignes par seconde")
    String rate(String rows);

    @Message("Comparaison avec les personnes déjà connues…")
    String comparing();

    @Message("Vous pouvez quitter cette page : le travail continue, et vous le retrouverez dans « Listes ».")
    String mayLeave();

    @Message("Recharger cette page pour voir où il en est")
    String reload();

    @Message("Voici ce que ce fichier ferait. Rien n'est encore enregistré.")
    String effect();

    @Message("Pendant que vous regardiez, une autre version a été chargée. Voici ce que ce fichier ferait maintenant.")
    String changedMeanwhile();

    @Message(
            "Un autre fichier de cette liste est en cours : {file}. Le second chargé sera d'abord comparé de nouveau à ce que le premier aura fait.")
    String rival(String file);

    @Message(
            "Ce fichier est, octet pour octet, celui de la version {n} de « {list} », chargée le {at} : le charger de nouveau ne changera rien.")
    String sameFile(String list, int n, String at);

    @Message(
            "Ce fichier est celui de la version {n} de « {list} », chargée le {at}. Une version plus récente a été chargée depuis : celui-ci ramènerait la liste en arrière.")
    String olderFile(String list, int n, String at);

    @Message(
            "La date de référence de ce fichier ({day}) précède celle de la liste ({of}) : ce fichier semble être celui d'une année passée. Vérifiez-le, ou chargez-le comme une nouvelle liste.")
    String listOfBefore(String day, String of);

    @Message("Nouveaux")
    String created();

    @Message("jamais vus, ajoutés")
    String createdHint();

    @Message("Déjà connus")
    String joined();

    @Message("connus par une autre liste, ajoutés sans doublon avec leur histoire")
    String joinedHint();

    @Message("De retour")
    String back();

    @Message("avaient quitté cette liste")
    String backHint();

    @Message("Modifiés")
    String changed();

    @Message("le fichier dit quelque chose de nouveau")
    String changedHint();

    @Message("Inchangés")
    String unchanged();

    @Message("rien à faire")
    String unchangedHint();

    @Message("Retirés")
    String withdrawn();

    @Message("quittent la liste et ne sont plus appelés")
    String withdrawnHint();

    @Message("Rejetés")
    String rejected();

    @Message("personne n'est appelé depuis ces lignes")
    String rejectedHint();

    @Message("Douteux")
    String doubtful();

    @Message("ressemblent à quelqu'un : à examiner après le chargement, personne n'est appelé d'ici là")
    String doubtfulHint();

    @Message("Déjà suivis")
    String followed();

    @Message("une structure les a déjà en charge : ils ne sont pas appelés")
    String followedHint();

    @Message("Cellules corrigées")
    String corrected();

    @Message("la valeur gardée diffère de ce qui était écrit")
    String correctedHint();

    @Message("Cellules ignorées")
    String dropped();

    @Message("la ligne est gardée sans elles")
    String droppedHint();

    @Message("change : {columns}")
    String differs(String columns);

    @Message("autre chose")
    String something();

    @Message("ligne {n}")
    String onLine(int n);

    @Message("À vérifier avant d'aller plus loin")
    String alarm();

    @Message("{withdrawn} personnes sur {listed} quitteraient la liste : le fichier est-il bien complet ?")
    String withdrawsMany(String withdrawn, String listed);

    @Message(
            "Lignes illisibles : {rows}. Les jeunes dont elles parlent peuvent être parmi ceux qui quitteraient la liste.")
    String withdrawsUnseen(String rows);

    @Message("{rejected} lignes sur {rows} seraient rejetées : les colonnes sont-elles les bonnes ?")
    String rejectsMost(String rejected, String rows);

    @Message("Cette liste a été tirée le {drawn}, celle qui est chargée le {present} : est-ce bien la plus récente ?")
    String older(String drawn, String present);

    @Message("Ce fichier est exactement la version {number}, remplacée depuis : la liste reviendrait en arrière.")
    String replaced(int number);

    @Message("Cette liste a été tirée le {drawn} : n'est-ce pas celle de l'an dernier ?")
    String yearOld(String drawn);

    @Message("J'ai vérifié, c'est bien ce que je veux")
    String agreed();

    @Message("Cochez d'abord la vérification. Rien n'est encore enregistré.")
    String agreeFirst();

    @Message("Charger la liste")
    String load();

    @Message("Mettre la liste à jour")
    String update();

    @Message("Ce fichier ne change rien à la liste.")
    String nothing();

    @Message("Revoir les colonnes")
    String backToColumns();

    @Message("Ce fichier n'en est plus là : rechargez la page pour voir où il en est.")
    String moved();

    @Message("La liste est chargée")
    String doneTitle();

    @Message("La liste « {list} » est à sa version {n}.")
    String done(String list, int n);

    @Message("Voir la liste")
    String toList();

    @Message("Télécharger les rejets ({rows})")
    String toRejects(String rows);

    @Message("Lignes douteuses à examiner : {rows}")
    String toReview(String rows);

    @Message("Préparer une campagne")
    String toCampaign();

    @Message("Le fichier n'a pas été chargé")
    String refusedTitle();

    @Message("Rien n'a été enregistré. Corrigez le fichier, puis chargez-le de nouveau.")
    String refusedSafe();

    @Message(
            "Une erreur imprévue a interrompu ce chargement. Rien n'en a été gardé : chargez le fichier de nouveau, et si l'erreur revient, prévenez l'administrateur.")
    String failed();

    @Message("Charger un autre fichier")
    String another();

    @Message("Ce fichier a été abandonné. Rien n'en a été gardé.")
    String canceled();

    @Message("Cette version a été annulée : la liste est comme avant elle.")
    String undone();

    @Message("Annuler cette version")
    String undo();

    @Message("Annuler la version {n} de « {list} » ? La liste redeviendra exactement comme avant.")
    String confirmUndo(int n, String list);

    @Message("La version n'a pas été annulée.")
    String notUndone();

    @Message("Colonne")
    String column();

    @Message("Ce chargement n'a pas de rejet de cette sorte.")
    String noRejects();
}
