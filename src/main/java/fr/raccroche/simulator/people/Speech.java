package fr.raccroche.simulator.people;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The sentences of one person on the line. */
record Speech(Voice voice, Persona persona) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE", Locale.FRENCH);

    String greeting() {
        return switch (voice.speaker()) {
            case YOUTH -> "Allô ?";
            case GUARDIAN -> "Allô, oui ?";
            case THIRD_PARTY -> "Allô, bonjour.";
            case STRANGER -> "Oui, j'écoute.";
            case VOICEMAIL -> "Bonjour, vous êtes bien sur ma messagerie. Laissez un message après le bip.";
        };
    }

    String answer(Question question) {
        return switch (voice.speaker()) {
            case YOUTH -> youth(question);
            case GUARDIAN -> guardian(question);
            case THIRD_PARTY -> thirdParty(question);
            case STRANGER -> stranger(question);
            case VOICEMAIL -> "…";
        };
    }

    private String youth(Question question) {
        if (persona.stance() == Stance.OBJECTS && question != Question.IDENTITY) {
            return "Je ne veux plus être appelé, s'il vous plaît. Enlevez mon numéro.";
        }
        if (voice.wantsToBeCalledLater() && question != Question.IDENTITY && question != Question.GOODBYE) {
            return "Je ne peux pas parler maintenant. Vous pouvez me rappeler " + when() + " ?";
        }
        return switch (question) {
            case IDENTITY -> varied("Oui, c'est moi.", "Oui, c'est bien moi. C'est pour quoi ?", "Oui, bonjour.");
            case SITUATION -> situation();
            case REFERRAL -> referral();
            case STRUCTURE -> structure();
            case CALLBACK -> wantsNoMore() ? "Non, pas la peine de me rappeler." : "Plutôt " + when() + ".";
            case GOODBYE -> varied("Au revoir.", "Merci, au revoir.", "D'accord, bonne journée.");
        };
    }

    private String situation() {
        return switch (persona.stance()) {
            case IN_SOLUTION -> solution();
            case WANTS_CIO -> "J'ai arrêté le lycée. J'aimerais reprendre des études, mais je ne sais pas comment.";
            case WANTS_MISSION_LOCALE -> "Rien en ce moment. Je cherche du travail ou une formation.";
            case WANTS_NOTHING -> "Rien pour l'instant, mais je me débrouille.";
            case REFUSES -> "Je n'ai pas envie d'en parler.";
            case OBJECTS -> "Arrêtez de m'appeler.";
            case TOO_YOUNG -> "J'ai quinze ans, je suis encore au collège normalement.";
        };
    }

    private String solution() {
        return switch (persona.solution().orElse(Solution.OTHER)) {
            case SCHOOL ->
                varied("Je suis au lycée, j'ai juste changé d'établissement.", "J'ai repris les cours en septembre.");
            case APPRENTICESHIP ->
                varied("Je suis en apprentissage, en CFA.", "J'ai signé un contrat d'apprentissage.");
            case TRAINING -> "Je suis en formation depuis un mois.";
            case EMPLOYMENT -> varied("Je travaille, j'ai un CDD.", "J'ai trouvé du travail dans un magasin.");
            case CIVIC_SERVICE -> "Je fais un service civique.";
            case SUPPORTED -> "Je suis déjà suivi par un conseiller, on se voit toutes les semaines.";
            case OTHER -> "Je pars rejoindre ma famille à l'étranger, tout est prévu.";
        };
    }

    private String referral() {
        return switch (persona.stance()) {
            case WANTS_CIO, WANTS_MISSION_LOCALE -> varied("Oui, je veux bien.", "Oui, pourquoi pas.");
            case IN_SOLUTION -> "Non merci, ça va pour moi.";
            case WANTS_NOTHING -> "Non, pas maintenant.";
            case REFUSES, OBJECTS -> "Non.";
            case TOO_YOUNG -> "Il faut demander à ma mère, j'ai quinze ans.";
        };
    }

    private String structure() {
        return switch (persona.stance()) {
            case WANTS_CIO -> "Le CIO, pour parler d'orientation.";
            case WANTS_MISSION_LOCALE -> "La mission locale, je crois.";
            case IN_SOLUTION, WANTS_NOTHING, REFUSES, OBJECTS, TOO_YOUNG -> "À personne, merci.";
        };
    }

    private boolean wantsNoMore() {
        return switch (persona.stance()) {
            case REFUSES, OBJECTS, IN_SOLUTION -> true;
            case WANTS_CIO, WANTS_MISSION_LOCALE, WANTS_NOTHING, TOO_YOUNG -> false;
        };
    }

    private String guardian(Question question) {
        String firstName = persona.identity().firstName();
        return switch (question) {
            case IDENTITY -> "Non, je suis son parent. " + firstName + " n'est pas là.";
            case SITUATION ->
                voice.minor()
                        ? "Pour " + firstName + " : " + forGuardian()
                        : "Il faut voir cela avec " + firstName + ".";
            case REFERRAL ->
                voice.minor() && persona.wantsReferral()
                        ? "Oui, je suis d'accord."
                        : "C'est à " + firstName + " de décider.";
            case STRUCTURE -> voice.minor() && persona.wantsReferral() ? structure() : "Je ne sais pas.";
            case CALLBACK -> "Essayez ce soir, après dix-huit heures.";
            case GOODBYE -> "Au revoir, merci.";
        };
    }

    private String forGuardian() {
        return switch (persona.stance()) {
            case IN_SOLUTION -> "tout va bien, c'est réglé (" + inWords() + ").";
            case WANTS_CIO -> "plus de lycée, et pas d'idée pour la suite. Un rendez-vous d'orientation aiderait.";
            case WANTS_MISSION_LOCALE -> "rien en ce moment, il faudrait un travail ou une formation.";
            case WANTS_NOTHING, REFUSES, OBJECTS -> "je préfère que vous en parliez ensemble.";
            case TOO_YOUNG -> "quinze ans seulement, le collège suit déjà la situation.";
        };
    }

    private String inWords() {
        return switch (persona.solution().orElse(Solution.OTHER)) {
            case SCHOOL -> "au lycée";
            case APPRENTICESHIP -> "en apprentissage";
            case TRAINING -> "en formation";
            case EMPLOYMENT -> "au travail";
            case CIVIC_SERVICE -> "en service civique";
            case SUPPORTED -> "un conseiller nous aide déjà";
            case OTHER -> "un départ à l'étranger";
        };
    }

    private String thirdParty(Question question) {
        return switch (question) {
            case IDENTITY -> "Non, je suis un proche. Il faut rappeler plus tard.";
            case SITUATION, REFERRAL, STRUCTURE -> "Je ne peux pas répondre à sa place.";
            case CALLBACK -> "Plutôt " + when() + ".";
            case GOODBYE -> "Au revoir.";
        };
    }

    private String stranger(Question question) {
        return question == Question.GOODBYE
                ? "Au revoir."
                : "Vous faites erreur, il n'y a pas de " + persona.identity().firstName() + " à ce numéro.";
    }

    private String when() {
        LocalDateTime at = voice.callbackAt();
        String minutes = at.getMinute() == 0 ? "" : " " + at.getMinute();
        return DAY.format(at) + " vers " + at.getHour() + " h" + minutes;
    }

    /** The same person always chooses the same words. */
    private String varied(String... wordings) {
        return wordings[Math.floorMod(persona.identity().ine().hashCode(), wordings.length)];
    }
}
