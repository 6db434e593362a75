package fr.raccroche.simulator.people;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everyone with a phone: decides what happens when a number is dialled. The decision is a hash of seed, number and the
 * count of earlier rings, so a run can be repeated whatever the order of its calls.
 */
public final class People {

    private static final Duration VOICEMAIL_AFTER = Duration.ofSeconds(20);
    private static final Duration SCRIPTED_PICK_UP = Duration.ofSeconds(3);
    private static final double EXPECTS_THE_CALL = 0.92;
    private static final double LINE_IS_BUSY = 0.02;
    private static final double HANGS_UP_EARLY = 0.03;
    private static final double RINGS_BACK = 0.10;
    private static final double PRESSES_A_KEY = 0.6;

    private final long seed;
    private final PhoneBook book;
    private final Inboxes inboxes;
    private final Set<String> spokenTo = new HashSet<>();

    public People(List<Persona> personas, long seed) {
        this.seed = seed;
        this.book = new PhoneBook(personas);
        this.inboxes = new Inboxes(book, seed);
    }

    /** The phones as far as texts go. */
    public Inboxes inboxes() {
        return inboxes;
    }

    /** The youth a call is about: the one asked for if the number is theirs, else the first who owns it. */
    public Optional<Persona> personaAt(String number, String ine) {
        return book.personaAt(number, ine);
    }

    /** What answering-machine detection finds; right most of the time. */
    public Detected detected(Speaker speaker, String number, int rings, boolean messageEnd) {
        return Detected.by(new Dice(seed, number, rings), speaker, messageEnd);
    }

    /** A scripted reaction; whoever picks up does so after three seconds. */
    public Reaction reaction(Scenario scenario, String number) {
        return switch (scenario) {
            case NOT_IN_SERVICE -> new Reaction.NotInService();
            case BUSY -> new Reaction.Busy();
            case RINGS_OUT -> new Reaction.RingsOut();
            case PICKS_UP -> pickUp(Speaker.YOUTH, number, SCRIPTED_PICK_UP);
            case VOICEMAIL -> pickUp(Speaker.VOICEMAIL, number, VOICEMAIL_AFTER);
        };
    }

    private Reaction pickUp(Speaker speaker, String number, Duration after) {
        return new Reaction.PicksUp(speaker, book.someoneAt(number).orElseThrow(), after, false);
    }

    public Reaction reactionOf(String number, int earlierRings, Instant now) {
        @Nullable Line line = book.line(number);
        if (line == null) {
            return new Reaction.RingsOut();
        }
        var dice = new Dice(seed, number, earlierRings);
        return switch (line.condition()) {
            case NOT_IN_SERVICE -> new Reaction.NotInService();
            case NOBODY -> new Reaction.RingsOut();
            case ALWAYS_VOICEMAIL -> voicemail(number, dice);
            case WRONG_PERSON ->
                answers(line, dice, now) ? picksUp(Speaker.STRANGER, number, dice) : new Reaction.RingsOut();
            case WORKS -> someoneOrNobody(line, number, dice, now);
        };
    }

    public boolean wasSpokenTo(Persona persona) {
        return spokenTo.contains(persona.identity().ine());
    }

    public void spoke(Persona persona) {
        spokenTo.add(persona.identity().ine());
    }

    /** Who rings the account from this number: one of those who share it, a stranger from a number nobody knows. */
    public Optional<Voice> caller(String number, Instant now) {
        @Nullable Line line = book.line(number);
        boolean theirs = line != null && line.condition() != Condition.WRONG_PERSON;
        return book.someoneAt(number)
                .map(persona ->
                        new Voice(persona, theirs ? Speaker.YOUTH : Speaker.STRANGER, wasSpokenTo(persona), now));
    }

    /** When whoever missed the {@code rings}th call to this number rings back, if they do. */
    public Optional<Duration> ringsBackAfter(String number, int rings) {
        @Nullable Line line = book.line(number);
        var dice = new Dice(seed, number, rings);
        return line != null && line.condition() == Condition.WORKS && dice.roll("back") < RINGS_BACK
                ? Optional.of(Duration.ofSeconds((long) (60 + 7_000 * dice.roll("back after"))))
                : Optional.empty();
    }

    /** The keys that whoever is on the line presses when asked to; empty for none. */
    public String keys(@Nullable Voice voice, String number, int rings) {
        boolean listens = voice != null && voice.speaker() != Speaker.VOICEMAIL;
        return listens && new Dice(seed, number, rings).roll("keys") < PRESSES_A_KEY ? "1" : "";
    }

    private Reaction someoneOrNobody(Line line, String number, Dice dice, Instant now) {
        if (dice.roll("busy") < LINE_IS_BUSY) {
            return new Reaction.Busy();
        }
        if (answers(line, dice, now)) {
            return picksUp(speaker(line, dice), number, dice);
        }
        return line.voicemail() ? voicemail(number, dice) : new Reaction.RingsOut();
    }

    private boolean answers(Line line, Dice dice, Instant now) {
        LocalTime time = now.atZone(LegalHours.PARIS).toLocalTime();
        boolean expected = book.owners(line.number()).stream()
                .anyMatch(persona -> persona.callbackAt().isPresent() && wasSpokenTo(persona));
        double probability = expected ? EXPECTS_THE_CALL : line.reach().at(time);
        return dice.roll("answers") < probability;
    }

    private static Speaker speaker(Line line, Dice dice) {
        int[] youthAndGuardian = shares(line.owner());
        double draw = dice.roll("speaker") * 100;
        if (draw < youthAndGuardian[0]) {
            return Speaker.YOUTH;
        }
        return draw < youthAndGuardian[0] + youthAndGuardian[1] ? Speaker.GUARDIAN : Speaker.THIRD_PARTY;
    }

    private static int[] shares(Owner owner) {
        return switch (owner) {
            case YOUTH -> new int[] {94, 3};
            case HOME -> new int[] {55, 35};
            case GUARDIAN -> new int[] {35, 55};
        };
    }

    private Reaction picksUp(Speaker speaker, String number, Dice dice) {
        Duration after = Duration.ofMillis((long) (3_000 + 14_000 * dice.roll("after")));
        boolean early = speaker != Speaker.STRANGER && dice.roll("early") < HANGS_UP_EARLY;
        return new Reaction.PicksUp(speaker, owner(number, dice), after, early);
    }

    private Reaction voicemail(String number, Dice dice) {
        return new Reaction.PicksUp(Speaker.VOICEMAIL, owner(number, dice), VOICEMAIL_AFTER, false);
    }

    private Persona owner(String number, Dice dice) {
        List<Persona> owners = book.owners(number);
        return owners.get((int) (dice.roll("owner") * owners.size()));
    }
}
