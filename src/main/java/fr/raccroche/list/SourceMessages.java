package fr.raccroche.list;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page of sources and of what programs are answered. */
@MessageBundle("source")
public interface SourceMessages {

    @Message("Donnez un nom à l'expéditeur.")
    String nameMissing();

    @Message("Cet expéditeur n'existe pas.")
    String noSuchSource();

    @Message("Dites à quoi sert ce jeton, par exemple le nom du logiciel qui l'emploiera.")
    String labelMissing();

    @Message("Ce jeton n'existe pas ou est déjà révoqué.")
    String noSuchToken();

    @Message(
            "Ce jeton est celui de « {source} ». Cette liste appartient à un autre expéditeur : prenez le jeton de celui-ci.")
    String wrongSource(String source);

    @Message(
            "Envoyez l'en-tête Idempotency-Key, de 1 à 200 caractères visibles : le même envoi répété sous la même clé ne compte qu'une fois.")
    String keyMissing();

    @Message("Le paramètre complete vaut true (liste complète) ou false (complément).")
    String completeWrong();

    @Message("Le paramètre reference_date est une date AAAA-MM-JJ.")
    String dateWrong();

    @Message("Donnez le nom de la nouvelle liste dans le paramètre name (120 caractères au plus).")
    String listNameMissing();

    @Message("Envoyez le fichier dans le champ « file » du formulaire.")
    String fileMissing();

    @Message("Le corps de la requête est vide.")
    String bodyEmpty();

    @Message(
            "Trop d'envois : {most} par minute au plus. Regroupez les changements dans un même envoi, et attendez une minute.")
    String tooMany(int most);

    @Message(
            "{most} envois de cette source attendent déjà. Attendez qu'ils soient traités ou qu'un superviseur les ait examinés.")
    String tooManyOpen(int most);

    @Message("Le corps n'est pas un JSON valide, ligne {line}, colonne {column}.")
    String jsonMalformed(int line, int column);

    @Message("Le corps JSON est un objet dont le champ rows contient un tableau d'objets.")
    String jsonShape();

    @Message("Le tableau rows est vide : il n'y a rien à charger.")
    String rowsEmpty();

    @Message("L'élément {n} de rows est vide.")
    String rowEmpty(int n);

    @Message("Champs inconnus : {names}. Les noms possibles sont décrits à l'adresse /lists/api.")
    String unknownFields(String names);

    @Message(
            "Dans l'élément {n} de rows, la valeur de {field} n'est ni un texte, ni un nombre, ni un booléen, ni null.")
    String valueWrong(int n, String field);

    @Message("Dans l'élément {n} de rows, la valeur de {field} dépasse {most} caractères.")
    String valueTooLong(int n, String field, int most);

    @Message("Ce chargement n'existe pas.")
    String noSuchLoad();

    @Message("Le paramètre after est le numéro de la dernière ligne reçue.")
    String afterWrong();
}
