package fr.raccroche.simulator.people;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * One person on the line: what they say when asked, and what an agent who listens well would note.
 *
 * @param persona the youth the call is about
 * @param spokenBefore whether the youth was already spoken to, and therefore keeps no one waiting again
 * @param now when the person picked up
 */
public record Voice(Persona persona, Speaker speaker, boolean spokenBefore, Instant now) {

    private static final LegalHours HOURS = new LegalHours();

    public String greeting() {
        return speech().greeting();
    }

    public String answer(Question question) {
        return speech().answer(question);
    }

    private Speech speech() {
        return new Speech(this, persona);
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

    boolean wantsToBeCalledLater() {
        return persona.callbackAt().isPresent() && !spokenBefore;
    }

    LocalDateTime callbackAt() {
        return HOURS.nextWorkingDayAt(persona.callbackAt().orElse(LocalTime.of(17, 0)), now);
    }

    /** Whether the youth is under 18 now. */
    boolean minor() {
        return persona.identity().ageOn(now.atZone(LegalHours.PARIS).toLocalDate()) < 18;
    }

    private Outcome youthOutcome() {
        return switch (persona.stance()) {
            case IN_SOLUTION -> Outcome.inSolution(persona.solution().orElse(Solution.OTHER));
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
            case IN_SOLUTION -> Outcome.inSolution(persona.solution().orElse(Solution.OTHER));
            case WANTS_CIO -> Outcome.referral("CIO", "GUARDIAN");
            case WANTS_MISSION_LOCALE -> Outcome.referral("MISSION_LOCALE", "GUARDIAN");
            case TOO_YOUNG -> Outcome.of("UNDER_16");
            case WANTS_NOTHING, REFUSES, OBJECTS -> Outcome.of("THIRD_PARTY");
        };
    }
}
