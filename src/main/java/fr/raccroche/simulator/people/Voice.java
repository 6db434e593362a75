package fr.raccroche.simulator.people;

import fr.raccroche.simulator.people.Persona.Stance;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One person on the line: what they say when asked, and what an agent who listens well would note.
 *
 * @param persona the youth the call is about
 * @param spokenBefore whether the youth was already spoken to, and therefore keeps no one waiting again
 * @param now when the person picked up
 */
public record Voice(Persona persona, Speaker speaker, boolean spokenBefore, Instant now) {

    private static final LegalHours HOURS = new LegalHours();
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE", Locale.FRENCH);

    public String greeting() {
        return switch (speaker) {
            case YOUTH -> "Allô ?";
            case GUARDIAN -> "Allô, oui ?";
            case THIRD_PARTY -> "Allô, bonjour.";
            case STRANGER -> "Oui, j'écoute.";
            case VOICEMAIL -> "Bonjour, vous êtes bien sur ma messagerie. Laissez un message après le bip.";
        };
    }

    public String answer(Question question) {
        return switch (speaker) {
            case YOUTH -> youth(question);
            case GUARDIAN -> guardian(question);
            case THIRD_PARTY -> thirdParty(question);
            case STRANGER -> stranger(question);
            case VOICEMAIL -> "…";
        };
    }

    public Outcome outcome() {
        return switch (speaker) {
            case YOUTH -> wantsToBeCalledLater() ? Outcome.callback(callbackAt()) : youthOutcome();
            case GUARDIAN -> guardianOutcome();
            case THIRD_PARTY -> Outcome.of("THIRD_PARTY");
            case STRANGER -> Outcome.of("WRONG_NUMBER");
            case VOICEMAIL -> Outcome.of("VOICEMAIL");
        };
    }

    /** How long the conversation takes, in business time. */
    public Duration length() {
        return switch (speaker) {
            case YOUTH -> wantsToBeCalledLater() ? persona.talk().dividedBy(4) : persona.talk();
            case GUARDIAN -> persona.talk().dividedBy(3);
            case THIRD_PARTY -> Duration.ofSeconds(30);
            case STRANGER -> Duration.ofSeconds(15);
            case VOICEMAIL -> Duration.ofSeconds(12);
        };
    }

    private boolean wantsToBeCalledLater() {
        return persona.callbackAt().isPresent() && !spokenBefore;
    }

    private LocalDateTime callbackAt() {
        return HOURS.nextWorkingDayAt(persona.callbackAt().orElse(LocalTime.of(17, 0)), now);
    }

    private boolean minor() {
        return persona.identity().ageOn(now.atZone(LegalHours.PARIS).toLocalDate()) < 18;
    }

    private Outcome youthOutcome() {
        return switch (persona.stance()) {
            case IN_SOLUTION -> Outcome.inSolution(persona.solution().orElse(Persona.Solution.OTHER));
            case WANTS_CIO -> Outcome.referral("CIO", "YOUTH");
            case WANTS_MISSION_LOCALE -> Outcome.referral("MISSION_LOCALE", "YOUTH");
            case WANTS_NOTHING -> Outcome.of("NO_REFERRAL");
            case REFUSES -> Outcome.of("REFUSED");
            case OBJECTS -> Outcome.of("OBJECTED");
            case TOO_YOUNG -> Outcome.of("UNDER_16");
        };
    }

    /** A guardian may speak for a minor; of an adult the agent only learns when to call again. */
    private Outcome guardianOutcome() {
        if (!minor()) {
            return Outcome.of("THIRD_PARTY");
        }
        return switch (persona.stance()) {
            case IN_SOLUTION -> Outcome.inSolution(persona.solution().orElse(Persona.Solution.OTHER));
            case WANTS_CIO -> Outcome.referral("CIO", "GUARDIAN");
            case WANTS_MISSION_LOCALE -> Outcome.referral("MISSION_LOCALE", "GUARDIAN");
            case TOO_YOUNG -> Outcome.of("UNDER_16");
            case WANTS_NOTHING, REFUSES, OBJECTS -> Outcome.of("THIRD_PARTY");
        };
    }

    private String youth(Question question) {
        if (persona.stance() == Stance.OBJECTS && question != Question.IDENTITY) {
            return "Je ne veux plus être appelé, s'il vous plaît. Enlevez mon numéro.";
        }
        if (wantsToBeCalledLater() && question != Question.IDENTITY && question != Question.GOODBYE) {
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
        return switch (persona.solution().orElse(Persona.Solution.OTHER)) {
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
                minor() ? "Pour " + firstName + " : " + forGuardian() : "Il faut voir cela avec " + firstName + ".";
            case REFERRAL ->
                minor() && persona.wantsReferral() ? "Oui, je suis d'accord." : "C'est à " + firstName + " de décider.";
            case STRUCTURE -> minor() && persona.wantsReferral() ? structure() : "Je ne sais pas.";
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
        return switch (persona.solution().orElse(Persona.Solution.OTHER)) {
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
        LocalDateTime at = callbackAt();
        String minutes = at.getMinute() == 0 ? "" : " " + at.getMinute();
        return DAY.format(at) + " vers " + at.getHour() + " h" + minutes;
    }

    /** The same person always chooses the same words. */
    private String varied(String... wordings) {
        return wordings[Math.floorMod(persona.identity().ine().hashCode(), wordings.length)];
    }
}
