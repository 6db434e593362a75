package fr.raccroche.handoff;

import fr.raccroche.directory.Structure;
import fr.raccroche.handoff.FollowUps.Tab;
import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the partner's list, of the dossiers and of the unreachable lists; enum labels are in the properties. */
@MessageBundle("handoff")
interface HandoffMessages {

    @Message
    String tab(Tab tab);

    @Message
    String empty(Tab tab);

    @Message
    String kind(Structure.Kind kind);

    @Message
    String state(State state);

    @Message
    String result(Result result);

    @Message
    String event(EventKind kind);

    @Message
    String agreedBy(AgreedBy by);

    @Message
    String reason(Unreached.Reason reason);

    @Message("Jeunes à rappeler")
    String title();

    @Message("Mises en relation")
    String titleForSupervisors();

    @Message("Injoignables")
    String unreachable();

    @Message("Étapes du suivi")
    String tabs();

    @Message("Structure")
    String structure();

    @Message("Toutes les structures")
    String allStructures();

    @Message("Filtrer")
    String filter();

    @Message("Délai")
    String deadline();

    @Message("Jeune")
    String youth();

    @Message("Âge")
    String age();

    @Message("Commune")
    String commune();

    @Message("Accord le")
    String agreedOn();

    @Message("Ce qui a été dit")
    String said();

    @Message("Résultat")
    String outcome();

    @Message("Ouvrir")
    String open();

    @Message("à orienter")
    String toRoute();

    @Message("Orienter")
    String route();

    @Message("Choisissez une structure")
    String chooseStructure();

    @Message("Page précédente")
    String previousPage();

    @Message("Page suivante")
    String nextPage();

    @Message("Retour à la liste")
    String back();

    @Message("Comment joindre {name}")
    String howToReach(String name);

    @Message("Son téléphone")
    String ownPhone();

    @Message("Responsable légal")
    String guardian();

    @Message("Autre numéro")
    String otherPhone();

    @Message("ne fonctionne pas")
    String notWorking();

    @Message("Aucun numéro connu.")
    String noNumber();

    @Message("Cette personne est majeure : à un responsable légal ou à un tiers, ne dites rien de sa situation,"
            + " demandez seulement de la faire rappeler.")
    String adultNotice();

    @Message("Cette personne a demandé à ne plus être contactée. Ne l'appelez pas et ne lui écrivez pas ;"
            + " vous pouvez terminer le dossier.")
    String objectedNotice();

    @Message("Ce qui est convenu")
    String agreed();

    @Message("Mise en relation avec")
    String agreedKind();

    @Message("Accord donné")
    String agreement();

    @Message("À rappeler au plus tard le")
    String dueOn();

    @Message("Rien de plus n'a été noté pendant l'appel.")
    String nothingSaid();

    @Message("Historique")
    String history();

    @Message("Votre compte rendu")
    String report();

    @Message("1. Avez-vous eu un contact ?")
    String questionReached();

    @Message("Contact établi")
    String reached();

    @Message("J'ai essayé, sans réponse")
    String notReached();

    @Message("2. Où en est la situation ?")
    String questionResult();

    @Message("Le suivi continue")
    String goesOn();

    @Message("Choisir un résultat termine le dossier.")
    String resultHint();

    @Message("3. Une note utile à vos collègues ?")
    String questionNote();

    @Message("Facultatif. Rien sur la santé, la famille ou la justice.")
    String noteHint();

    @Message("Enregistrer et suivant")
    String saveAndNext();

    @Message("Enregistrer")
    String save();

    @Message("Vous avez essayé plusieurs fois. Si vous ne pensez plus joindre cette personne, terminez par"
            + " « Injoignable » : elle pourra être cherchée autrement.")
    String triedEnough();

    @Message("Choisir la structure")
    String assign();

    @Message("Confier à cette structure")
    String assignButton();

    @Message("Jeunes que les appels n'ont pas pu joindre")
    String unreachableTitle();

    @Message("Ces jeunes habitent votre territoire et aucun appel ne les a joints. La liste ne contient que leur"
            + " identité et leur adresse.")
    String unreachableIntro();

    @Message("Aucune liste pour l'instant. À la fin d'une campagne, les jeunes de votre territoire que personne n'a pu"
            + " joindre paraîtront ici.")
    String unreachableEmpty();

    @Message("Campagne")
    String campaign();

    @Message("Afficher")
    String show();

    @Message("Adresse")
    String address();

    @Message("Motif")
    String why();

    @Message("Appels")
    String calls();

    @Message("Numéros essayés")
    String numbersTried();

    @Message("Mission locale")
    String missionLocale();

    @Message("Groupe PRIJ")
    String prijGroup();

    @Message("né le {date}")
    String bornOn(String date);
}
