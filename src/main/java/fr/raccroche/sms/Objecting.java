package fr.raccroche.sms;

import java.util.regex.Pattern;

/** Whether somebody says, for themselves and for good, that they want no more calls or texts. In doubt they do not. */
final class Objecting {

    /** What surrounds the words that count: greetings, thanks, curses. */
    private static final Pattern AROUND = Wording.pattern("\\b(?:bonjour|bonsoir|salut|coucou|hello|hey|yo|wesh|madame"
            + "|monsieur|mr|mademoiselle|svp|s il (?:vous|te) plait|sil (?:vous|te) plait|please|merci(?: (?:d avance"
            + "|beaucoup|bien|par avance))?|thank(?:s| you)|ok|okay|oui|non|nan|no|euh|heu|bah|ben|bon|alors|donc|voila"
            + "|bonne (?:journee|soiree|continuation|nuit)|cordialement|cdt|au ?revoir|bye|vraiment"
            + "|encore une fois|urgent|urgence|definitivement|definitif"
            + "|immediate?|totale?|complet"
            + "|putain|ptn|merde|bordel|fdp|connards?|je vous (?:en )?prie|je vous le demande|desolee?|pardon|lol|mdr"
            + "|pour (?:toujours|de bon)|une bonne fois pour toutes|a tous|c est bon|ca suffit)\\b");

    private static final String THE =
            "(?:(?:a|au|aux|avec|les|des|vos|ton|tous|toutes|tout|ces|tes|ce|cet|cette|votre|le|la|l"
                    + "|de|d|ses|sur|mon|ma|your|the|all|any|with) )*";

    private static final String CONTACT = "(?:sms|textos?|texts?|messages?|messaging|appels?|calls?|mails?"
            + "|coups? de (?:fil|tel|telephone)|telephone|tel|harcelement|demarchages?|spams?|pubs?|publicites?"
            + "|relances?|sollicitations?|contacts?|newsletters?)";

    private static final String STOP_WORD =
            "(?:stop(?: all|all)?|stope[zrs]?|arrett?|arrete[zrs]?|arrettez|unsubscribe|unsub|end|cancel|quit|revoke"
                    + "|opt ?out|(?:me |se )?desinscri(?:ption|re|t)|desinscri(?:s|vez) moi|(?:me |se )?desabonn(?:er|e[zs]?"
                    + "|ement)(?: moi)?|je me (?:desabonne|desinscris)|opposition|je refuse|i refuse)";

    private static final Pattern ALONE = Wording.pattern(
            "(?:" + STOP_WORD + "|" + THE + CONTACT
                    + "|\\d{4,6}|pour refuser|ca|cela|tout|a tout|la|avec ca|maintenant|tout de suite|immediatement|vite|(?:vos|ces|les) conneries)"
                    + "(?: (?:" + STOP_WORD + "|" + THE + CONTACT
                    + "|\\d{4,6}|pour refuser|ca|cela|tout|a tout|la|avec ca|maintenant|tout de suite|immediatement|vite|(?:vos|ces|les) conneries))*");

    private static final Pattern SOME_STOP_WORD = Wording.pattern("\\b" + STOP_WORD + "\\b");

    /** Before anything else, « arrêt » is also a sick leave, a bus stop and the end of school. */
    private static final Pattern STOP_FIRST =
            Wording.pattern("(?:stop|stope[zr]|arretez) (?:je|j|c est|vous|on|tu|ca|y en a"
                    + "|nous|laisse[zr]?|lache[zr]?|ne|n|foutez|fichez|i|you)\\b.*|stop (?:plus|pas)\\b.*");

    private static final Pattern STOP_LAST = Wording.pattern(
            ".*(?<!\\b(?:du|auto|bus|un|le|de|ce|au|ou|je|j|en|panneau|the|to|non|mon|ai|a|ont|feu) )\\bstop");

    private static final Pattern ENOUGH =
            Wording.pattern("(?:.*(?<!\\b(?:vous|n|ne|si|quand|pas|et) ))?\\b(?:arretez|cessez)");

    /** « Pas avant 17 h », « pas demain », « pas sur ce numéro »: a wish for another time, another way, another person. */
    private static final String OTHERWISE =
            "(?! (?:avant|apres|entre|pendant|maintenant|aujourd|demain|cet|cette|le|la|les"
                    + "|a|au|aux|en|sur|sans|si|tant|trop|encore|tard|tot|tout de suite|souvent|vite|facilement|longtemps|que|qu"
                    + "|quand|des|mon|ma|mes|son|sa|ses|leur|leurs|chez|pour|par|ce (?:matin|midi|soir|week|we)|lui|l|jusqu|d ici"
                    + "|vers|ici|rapidement|before|after|between|now|today|tomorrow|on|at|in|this|until|yet)\\b)";

    /** « Vous ne rappelez pas » complains, « je ne m'appelle pas Lina » corrects: neither asks for an end. */
    private static final String NOT_ABOUT_SOMEBODY =
            "(?<!\\b(?:je|j|tu|il|elle|on|vous|ils|elles|personne|pourquoi|ne|n|m"
                    + "|me|nous|l|la|le|les|lui|leur|se|s|qui|peux|peut|pouvez|pourriez|a|d|de|mere|pere|parents|fils|fille|mais) )";

    private static final String ME = "(?:m |me |nous )";

    /** Reaching somebody, in the forms of an order and of an infinitive, which sound alike. */
    private static final String REACH =
            "(?:re)?(?:r?appell?(?:e|es|ez|er|iez)|r?apell?(?:e|es|ez|er)|contact(?:e|es|ez|er|iez)"
                    + "|recontact(?:e|es|ez|er)|derange[zrs]?|telephone[zrs]?|sollicite[zrs]?|harcele[zrs]?|relance[zrs]?"
                    + "|embete[zrs]?|ennuye[zrs]?|importune[zrs]?|spamm?e[zrs]?|texte[zrs]?|ecri(?:re|s|vez|ver)|envoye[zrs]?"
                    + "|envoi(?:e|es)?|joindre|joigne[zrs]?|utilise[zrs]? mon numero|insiste[zrs]?|saoule[zrs]?|soule[zrs]?|emmerde[zrs]?|faire chier|prendre la tete"
                    + "|parle[zr]|parler)";

    private static final String NO = "(?:plus|pas|jamais)(?: jamais)?";

    private static final String THIRD =
            "(?! (?:mon|ma|mes|le|la|les|lui|l|son|sa|ses|leur|leurs|chez|a|au|d autres?)\\b)";

    /** The ending of an order to somebody whom one does not know well. */
    private static final String POLITELY = "\\b(?=\\w+(?:ez|er|iez)\\b)";

    /** « Mon conseiller ne m'appelle plus » is no order: one in the familiar form begins its sentence. */
    private static final Pattern REACHES_NO_MORE = Wording.pattern("(?:(?:^|" + NOT_ABOUT_SOMEBODY + "(?=\\bn?e? ?" + ME
            + "?" + POLITELY
            + "))\\b(?:ne? " + ME + "?" + REACH + "|" + ME + REACH
            + "|r?appellez|(?:re)?contactez|ecrivez|envoyez|derangez|insistez)(?: moi| nous)? " + NO + "\\b(?! tard)"
            + OTHERWISE + ")"
            + "|(?<!\\b(?:pourquoi|peux|peut|pouvez) )\\b(?:ne " + NO + " " + ME + "?|" + NO + " " + ME + ")" + REACH
            + "\\b" + OTHERWISE
            + "|\\b(?:inutile|plus la peine|pas la peine) (?:de |d )" + ME + "?" + REACH + "\\b" + OTHERWISE
            + "|\\bn insistez (?:pas|plus)\\b"
            + "|\\bn?e? ?(?:cherche[zrs]?|tente[zrs]?|essaye[zrs]?|perde[zr]) (?:plus|pas) (?:votre temps )?(?:a |de |d )"
            + ME + REACH + "\\b"
            + OTHERWISE);

    private static final Pattern STOP_DOING = Wording.pattern(
            "(?<!\\b(?:ai|as|a|avez|ont|avait|avais|avons|j|je|il|elle|on|pourquoi vous|n|ne|peux|vais|dois|faut|va|fait) )"
                    + "\\b(?:arrete[zrs]?|stope[zrs]?|stop|cesse[zrs]?) (?:de |d |avec )*"
                    + "(?:(?:tout de suite|immediatement|maintenant|vite|svp) )?(?:de |d |avec )*"
                    + "(?:" + ME + REACH + "|" + REACH + "\\b" + THIRD + "|(?!de sms)" + THE + CONTACT + "\\b)"
                    + "|\\b(?:pouvez|pourriez|peux|pourrais|peut)(?: (?:vous|tu|on))? (?:svp )?(?:arreter?|arretez|cesser) (?:de |d )"
                    + ME + "?" + REACH + "\\b" + THIRD
                    + "|\\b(?:faut|devez|merci de|merci d|de bien vouloir|veuillez|que vous) (?:svp |vite |vraiment )?(?:arreter?|arretiez|cesser"
                    + "|cessiez|stopper|stoppiez)(?: (?:de |d )?" + ME + REACH + "\\b|$)"
                    + "|\\b(?:marre|ras le bol|assez|stop it) (?:de (?:vos|tes|ces) )" + CONTACT + "\\b|^stop it$");

    private static final Pattern WANTS_NO_MORE =
            Wording.pattern("\\b(?:je|j|nous|on)(?: ne| n)? ?(?:veux|veut|voulons|souhaite"
                    + "|souhaitons|desire|desirons|voudrais|voulais|aimerais|accepte)? ?(?:plus|pas|jamais|ne plus|ne pas)"
                    + "(?: jamais| du tout)? (?:(?:etre|etres) (?:r?appelle[erz]?s?|(?:re)?contacte[erz]?s?|derangee?s?|sollicitee?s?"
                    + "|harcelee?s?|relancee?s?|embetee?s?|ennuyee?s?|joint(?:e|s)?|importunee?s?|demarchee?s?|spammee?s?)"
                    + "|(?:recevoir|d|de|des|avoir)(?: (?:d|de|des|vos|aucuns?|aucune|tes|ces|cet?te?|autres?|vous))* "
                    + CONTACT
                    + "|(?:de |d )?(?:vos|tes) " + CONTACT
                    + "|(?:que vous|qu on|que tu|que l on) (?:" + ME
                    + ")?(?:r?appell?(?:iez|ie|e|es|ez)|(?:re)?contact(?:iez|e|es|ez)|deran\\w*|ecriv\\w*|envoy\\w*|embet\\w*|harcel\\w*|joign\\w*)"
                    + "|(?:rien )?(?:entendre parler de vous|avoir (?:de vos nouvelles|affaire a vous|de contact)|de contact|rien recevoir"
                    + "|recevoir (?:quoi que ce soit|rien)))\\b" + OTHERWISE
                    + "|\\b(?:je|j|nous|on) \\w+ (?:a |de )?ne plus (?:etre (?:r?appelle[erz]?s?|(?:re)?contacte[erz]?s?|derangee?s?"
                    + "|sollicitee?s?|harcelee?s?|relancee?s?)|recevoir)\\b" + OTHERWISE
                    + "|\\bje (?:me retire de (?:votre|vos)|retire mon (?:consentement|accord))\\b(?! pour)"
                    + "|\\b(?:pas|jamais) (?:\\w+ )?mon (?:consentement|accord)\\b"
                    + "|^je refuse (?:categoriquement|totalement|absolument|completement)$"
                    + "|\\bje refuse (?:d etre|de recevoir|vos|tes|tout(?:e)?s?|ces|le|les|le contact|que vous me?)(?: \\w+)?(?: vos| des| de)?"
                    + " ?(?:r?appell?\\w*|contact\\w*|derang\\w*|appels?|sms|messages?|sollicit\\w*|demarch\\w*)"
                    + "|\\bje (?:m oppose|fais opposition)\\b(?! pas)"
                    + "|\\b(?:je|j|nous|on) (?:ne )?(?:veux|souhaite|voulons) aucune? " + CONTACT + "\\b"
                    + "|\\b(?:veux|souhaite) (?:plus|pas) (?:figurer|etre|apparaitre) (?:sur|dans) (?:votre|vos|cette|ta) liste"
                    + "|^(?:ne (?:veux|veut|souhaite) plus|souhaite ne plus) (?:etre (?:r?appelle[erz]?s?|(?:re)?contacte[erz]?s?|derange\\w*)|recevoir)\\b"
                    + OTHERWISE
                    + "|\\bdroit (?:d opposition|a l oubli|a l effacement)\\b"
                    + "|\\b(?:di[ts]|repete|repond[us]?|ecri[ts]|envoye|demande|fait) (?:deja |de |plusieurs fois |\\w+ fois |encore )?stop\\b"
                    + "|\\b(?:j ai|vous ai) (?:deja )?(?:dit|demande) d arreter\\b");

    private static final String MINE =
            "(?:moi|nous|mon (?:numero|nom|contact|telephone|tel|portable|06|profil)|mes (?:donnees"
                    + "|coordonnees|infos?|informations)|ce (?:numero|contact|tel)|ma fiche)";

    /** Leaving school or a service of others is no matter of ours. */
    private static final String OF_OTHERS =
            "(?!.*\\b(?:lycee|ecole|formation|cfa|fac|faculte|universite|parcoursup|pole emploi"
                    + "|france travail|mission locale|cio|college|cours|stage|bac|examen|club|sport|permis|etudes|ancien|ancienne|nouveau"
                    + "|nouvelle)\\b)";

    private static final Pattern OFF_THE_LIST = Wording.pattern(
            "\\b(?:retire[zr]?|enleve[zr]?|supprime[zr]?|efface[zr]?|raye[zr]?|sorte[zr]|sortir|ote[zr]?|vire[zr]?|radie[zr]?"
                    + "|desinscri(?:vez|s)|desabonne[zr]?|oublie[zr]?|perde[zr]|perdre|bloque[zr]) " + MINE + "\\b"
                    + OF_OTHERS
                    + "|\\b(?:me|m|nous) (?:retirer|enlever|supprimer|effacer|rayer|desabonner|desinscrire|radier|sortir)\\b"
                    + OF_OTHERS
                    + "|\\betre (?:retiree?|enlevee?|supprimee?|effacee?|rayee?|desinscrite?|desabonnee?|radiee?) (?:de|des)\\b"
                    + OF_OTHERS
                    + "|\\b(?:suppression|effacement|retrait) (?:totale? |immediate? |definiti\\w+ )?(?:de|des|d) (?:toutes )?(?:mes|mon|ma|vos|votre)\\b"
                    + OF_OTHERS
                    + "|\\b(?:je me |me )(?:desabonne|desinscri[ts]|desabonner|desinscrire)\\b" + OF_OTHERS
                    + "|\\b(?:annule[zr]?|resilie[zr]?) (?:mon |l |cet )?(?:abonnement|inscription)\\b" + OF_OTHERS
                    + "|\\b(?:remove|delete) (?:me|my)\\b|\\btake me off\\b|\\b(?:opt|sign) me out\\b");

    private static final Pattern LAW = Wording.pattern(
            "\\b(?:je|j|nous)(?: ai| vais| vai)? (?:porte[rz]?|depose[rz]?|deposons|portons)(?: une)? plainte\\b(?! contre (?!vous))"
                    + "|\\bplainte (?:a|aupres de) la cnil\\b|\\b(?:saisi[rst]*|signale[rz]?|contacte[rz]?|preven\\w+|alerte[rz]?)(?: a)? la cnil\\b"
                    + "|\\b(?:rgpd|cnil)\\b.*\\b(?:droits?|demande|article|oppose|opposition|supprim\\w+|effac\\w+|donnees|exige|retrait|consent\\w+)\\b"
                    + "|\\b(?:droits?|demande|article|oppose|opposition|supprim\\w+|effac\\w+|donnees|exige|retrait|consent\\w+)\\b.*\\b(?:rgpd|cnil)\\b"
                    + "|\\b(?:suis|inscrite?|numero|liste)\\b.*\\bbloctel\\b"
                    + "|\\b(?:c est|ceci est|votre|ce) (?:du |un |votre |vraiment du )?harcelement(?: telephonique| moral)?(?! (?:au|a|de|dans|en|scolaire|qui|que)\\b)$"
                    + "|^harcelement$|^plainte (?:deposee|en cours)\\b|\\bharcelement telephonique\\b|\\bvous (?:me|nous) harcelez\\b"
                    + "|\\b(?:contacte[rz]?|appelle[rz]?|saisi[rst]*|voi[rst]|prevenir|previens|ai prevenu|vois avec|parle[rz]? a|avertir|transmets? a|avec) (?:a |avec |le |tout |mon |ca a )*mon avocat\\b"
                    + "|\\bmon avocat (?:vous|va (?:vous|s en|prendre)|prendra|est (?:prevenu|saisi|au courant)|s en occupe\\w*|sera (?:prevenu|saisi))\\b");

    private static final Pattern LEAVE_ALONE =
            Wording.pattern("\\blaisse[zrs]? (?:moi|nous)(?: vivre)?(?: \\w+)? ?(?:tranquilles?|en paix)\\b"
                    + "|\\b(?:me|nous) (?:laisser|laissez|laisse)(?: \\w+)? ?(?:tranquilles?|en paix)\\b"
                    + "|\\blach(?:e|er|ez|es) (?:moi|nous)\\b|\\b(?:foutez|fous|fichez|fiche|foute[rz]?) (?:moi|nous) la paix\\b"
                    + "|\\blache[rz]? l affaire\\b|\\b(?:me|nous) (?:foutre|ficher|lacher)\\b"
                    + "|^(?:\\w+ )?(?:degage[zr]?|barre[zr]? (?:vous|toi)|casse[zr]? (?:vous|toi)|va te faire|aller? vous faire|allez vous faire)\\b"
                    + "|\\bleave (?:me|us) alone\\b|\\bfuck off\\b|\\bgo away\\b");

    /** The one whom we wanted to reach, not a relative whom a youth lost. */
    private static final Pattern DECEASED = Wording.pattern(
            "(?:\\b(?:mon|notre|le|son) (?:petit )?(?:fils|garcon|enfant|jeune)|\\b(?:ma|notre|la) (?:petite )?fille|\\b(?:il|elle)"
                    + "|\\b(?:la|cette) personne(?: que vous \\w+)?|\\ble titulaire(?: de (?:ce|cette) (?:numero|ligne))?|^(?!papa|maman|mamie|papi|papy|mamy|tout|bac|plan|rdv)[a-z]{3,})"
                    + "(?: \\w+)? (?:est|vient d|etait|nous a) ?(?:malheureusement |hier )?(?:deced(?:e|er|es|ee)|dcd|mort|morte|etre mort"
                    + "|quittee?s?)\\b|^(?:personne |c est une personne |malheureusement )?(?:decede|dcd|mort|morte)e?s?$"
                    + "|\\b(?:il|elle) n est plus de ce monde\\b");

    private static final Pattern RELATIVE = Wording.pattern(
            "\\b(?:mon|ma|mes|son|sa) (?:grand |grande |arriere )?(?:pere|mere|papa"
                    + "|maman|mamie|papi|papy|mamy|oncle|tante|cousine?|frere|soeur|amie?|copine?|mari|femme|conjointe?|compagn\\w+|telephone|tel|portable|phone|iphone|ordi\\w*|batterie|forfait|scooter|projet|patron|chien|chat|tonton|tata|beau|belle|parents|voisine?)\\b");

    private static final Pattern IN_ENGLISH = Wording.pattern(
            "\\b(?:do not|don t|dont|never|stop) (?:ever )?(?:call|text|contact|message|phone|bother)(?:ing)?(?: me| us)?+(?: again| anymore| any more)?+\\b"
                    + OTHERWISE
                    + "|\\bno more (?:calls?|texts?|messages?|sms)\\b|\\bi (?:don t|do not|dont) want (?:your |any |any more |more |to be |to receive )*(?:calls?|called|texts?|messages?|contact\\w*)\\b"
                    + "|^(?:please )?(?:unsubscribe|cancel|end|quit) (?:me|all|sms|texts?|calls?|messages?|messaging)\\b"
                    + "|\\bnot interested\\b.*\\bstop\\b");

    /** An end of contact that begins its sentence: « plus d'appels ». Later in it, it may be a phone without credit. */
    private static final Pattern NO_MORE_OF_IT = Wording.pattern(
            "(?:surtout )?(?:plus|pas|aucun|aucuns|plus aucun|plus jamais)(?: (?:d|de|des|vos|aucun|de vos))* "
                    + CONTACT + "(?: (?:" + CONTACT
                    + "|ni|et|ou|de|d|du tout|telephoniques?|commercial|commerciaux))*");

    /** Whatever the other words are, somebody wants to be called, or calls, or names another way or another person. */
    private static final Pattern IN_DOUBT = Wording.pattern("\\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
            + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\\b"
            + "|\\b(?:sur|a) (?:ce|cet|mon|le) (?:numero|num|tel|telephone|portable|fixe)\\b"
            + "|(?<!\\b(?:ne|n|de|d) )\\br?appell?e[zsr]? moi\\b(?! (?:plus(?! tard)|pas|jamais)\\b)"
            + "|(?<!\\b(?:ne|n|de|d|m|me|vous|nous|l|la|le|les|lui) )\\br?appelle?z (?!plus|pas|jamais)(?!moi (?:plus|pas|jamais))\\w"
            + "|\\bje (?:vous |te )r?appelle"
            + "|(?<!\\b(?:ne|n|de|d) )\\b(?:ecrivez|envoyez) (?:moi|nous|un|une|plutot)\\b(?! (?:plus|pas))"
            + "|\\bpar (?:mail|e mail|email|sms|ecrit|courriers?|message|whatsapp|texto)\\b"
            + "|\\bplus tard\\b|\\bpour l instant\\b|\\bpour le moment\\b|\\ben ce moment\\b|\\bje conduis\\b"
            + "|\\b(?:pas|m|me|moi) je suis (?:en (?:cours|reunion|classe|examen|rendez vous|rdv|entretien)|au (?:travail|boulot|volant|taf)|occupee?"
            + "|a l hopital|pas dispo\\w*|indispo\\w*)\\b"
            + "|\\btranquilles? (?:\\d|deux|un|une|pour|jusqu|ce|cette|avant|pendant|quelques|encore)"
            + "|\\bm appelle[zr]? pas \\w+ c est\\b|\\bmessages? d info"
            + "|\\bstop ou\\b|\\bstop covid\\b|\\b(?:nouveau|nouvelle|ancien|ancienne) (?:numero|num|tel|portable)\\b");

    private Objecting() {}

    static boolean isSaidBy(Wording text) {
        return (says(text) || asksPolitely(text)) && !text.has(IN_DOUBT);
    }

    private static boolean says(Wording text) {
        boolean alone = !text.asks()
                && (isAlone(text.meant())
                        || STOP_FIRST.matcher(bare(text.meant())).matches());
        return alone || text.sentences().stream().anyMatch(Objecting::isClear);
    }

    private static boolean isClear(String sentence) {
        String bare = bare(sentence);
        return (isAlone(sentence) && bare.startsWith("stop"))
                || STOP_LAST.matcher(bare).matches()
                || ENOUGH.matcher(bare).matches()
                || NO_MORE_OF_IT.matcher(bare).matches()
                || (DECEASED.matcher(bare).find() && !RELATIVE.matcher(bare).find())
                || asksForAnEnd(sentence)
                || asksForAnEnd(bare);
    }

    private static boolean asksForAnEnd(String words) {
        return REACHES_NO_MORE.matcher(words).find()
                || STOP_DOING.matcher(words).find()
                || WANTS_NO_MORE.matcher(words).find()
                || OFF_THE_LIST.matcher(words).find()
                || LAW.matcher(words).find()
                || LEAVE_ALONE.matcher(words).find()
                || IN_ENGLISH.matcher(words).find();
    }

    private static final Pattern POLITE = Wording.pattern(
            ".*\\b(?:pouvez|pourriez|peux|pourrais)\\b.*|.*\\best (?:ce|il) (?:que c est )?possible (?:de|d)\\b.*"
                    + "|(?:can|could) you (?:please )?.*|(?:merci|svp|veuillez).*");

    /** A question that is an order: « pouvez-vous me retirer de vos listes ? ». */
    private static boolean asksPolitely(Wording text) {
        String bare = bare(text.meant());
        return POLITE.matcher(bare).matches()
                && (OFF_THE_LIST.matcher(bare).find()
                        || STOP_DOING.matcher(bare).find()
                        || LEAVE_ALONE.matcher(bare).find()
                        || bare.matches(
                                ".*\\bne plus (?:(?:m |me )?(?:apeler|contacter|deranger|ecrire|envoyer)|etre (?:contacte|apele|derange))\\b(?! avant| apres| le ).*"));
    }

    private static boolean isAlone(String words) {
        String bare = bare(words);
        return ALONE.matcher(bare).matches() && SOME_STOP_WORD.matcher(bare).find();
    }

    private static String bare(String words) {
        return AROUND.matcher(words).replaceAll(" ").replaceAll(" +", " ").strip();
    }
}
