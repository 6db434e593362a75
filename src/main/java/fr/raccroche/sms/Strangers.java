package fr.raccroche.sms;

import java.util.regex.Pattern;

/** Whether somebody says that the number is not the one of whom we look for. */
final class Strangers {

    private static final String COMMON =
            "(?! (?:grave|possible|vrai|vraie|bon|bonne|mon|ma|mes|le|la|les|un|une|sur|tres|trop|si|pour|en"
                    + "|normal|cool|serieux|interess\\w+|disponible|dispo|libre|chez|dans|d|de|du|encore|prete?|sure?|sur|assez|au|aux|a"
                    + "|inscrite?|motive\\w*|concerne\\w*|facile|evident|clair|ca|grand|moi qui|obligatoire|urgent|ce|toujours|vous|l|la)\\b)";

    private static final Pattern SAID = Wording.pattern(
            "\\b(?:vous (?:vous )?(?:etes )?tromp(?:ez|e|es|er)|tu (?:te |t es )trompe?s?|trompe[rz]? de (?:numero|personne))\\b"
                    + "|\\b(?:mauvais|faux|pas le bon|erreur de|plus le bon) (?:numero|tel|telephone|contact|destinataire)\\b"
                    + "|\\berreur (?:sur|dans|de) (?:le |la |du )?(?:numero|personne|destinataire)\\b|^(?:c est une |il y a )?erreur$"
                    + "|\\b(?:mauvaise|pas la bonne|erreur de) personne\\b|\\bpas la personne (?:que|qui|recherche\\w*)\\b"
                    + "|\\b(?:ce n est|c est|n est|ce est|c) (?:pas|plus) (?:le numero|son numero|le tel|son tel|son telephone|le telephone|le portable|son portable|le numero de)\\b"
                    + "|\\b(?:ce )?numero (?:n est|n appartient|appartient|est) (?:pas|plus) (?:a|celui|le|au)\\b"
                    + "|\\b(?:je )?(?:ne |n )?connai[st]? (?:pas|aucune?|personne) ?(?:de )?(?!(?:la|le|les|mon|ma|mes|vos|votre|ce|cet|cette (?!personne))\\b)\\w*"
                    + "|\\b(?:personne (?:de|a) ce nom|pas de \\w+ (?:ici|a ce numero)|aucune? \\w+ (?:ici|a ce numero)|il n y a pas de \\w+ (?:ici|a ce numero|chez))\\b"
                    + "|\\b(?:il|elle|lina) (?:n a|a) (?:plus ce numero|change de (?:numero|tel|portable))\\b"
                    + "|\\b(?:je (?:ne )?suis pas|je ne m appelle pas|je m appelle pas|moi c est pas|ce n est pas|c est pas|c pas)"
                    + COMMON
                    + " (?!moi\\b)[a-z]{3,}$"
                    + "|\\b(?:je (?:ne )?suis pas|ce n est pas|c est pas) (?:cette personne|la bonne personne|lui|elle)\\b"
                    + "|\\bwrong (?:number|person)\\b");

    private Strangers() {}

    static boolean write(Wording text) {
        return text.has(SAID)
                || text.sentences().stream()
                        .anyMatch(sentence -> SAID.matcher(sentence).find());
    }
}
