package fr.raccroche.simulator.people;

import fr.raccroche.simulator.people.Persona.Line;
import fr.raccroche.simulator.people.Persona.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final double MACHINE_TAKEN_FOR_A_PERSON = 0.04;
    private static final double PERSON_TAKEN_FOR_A_MACHINE = 0.02;
    private static final double DETECTION_GIVES_UP = 0.02;
    private static final double ENDS_WITHOUT_A_BEEP = 0.2;
    private static final Duration LONGEST_DETECTION = Duration.ofSeconds(30);

    private final long seed;
    private final Map<String, List<Persona>> byNumber = new HashMap<>();
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Persona> byIne = new HashMap<>();
    private final Set<String> spokenTo = new HashSet<>();
    private final Set<String> texted = new HashSet<>();

    public People(List<Persona> personas, long seed) {
        this.seed = seed;
        for (Persona persona : personas) {
            byIne.put(persona.identity().ine(), persona);
            for (Line line : persona.lines()) {
                lines.putIfAbsent(line.number(), line);
                byNumber.computeIfAbsent(line.number(), number -> new ArrayList<>())
                        .add(persona);
            }
        }
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
        return new Reaction.PicksUp(speaker, someoneAt(number).orElseThrow(), after, false);
    }

    /** One of those who share the number, anybody at a number nobody knows. */
    private Optional<Persona> someoneAt(String number) {
        return byNumber.getOrDefault(number, List.of()).stream()
                .findFirst()
                .or(() -> byIne.values().stream().findFirst());
    }

    public Reaction reactionOf(String number, int earlierRings, Instant now) {
        @Nullable Line line = lines.get(number);
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

    /** The youth a call is about: the one asked for if the number is theirs, else the first who owns it. */
    public Optional<Persona> personaAt(String number, String ine) {
        List<Persona> owners = byNumber.getOrDefault(number, List.of());
        return owners.stream()
                .filter(owner -> owner.identity().ine().equals(ine))
                .findFirst()
                .or(() -> owners.stream().findFirst());
    }

    public boolean wasSpokenTo(Persona persona) {
        return spokenTo.contains(persona.identity().ine());
    }

    public void spoke(Persona persona) {
        spokenTo.add(persona.identity().ine());
    }

    /**
     * Twilio's code for a text that does not arrive, 0 when it does: a number that no longer exists, or that its operator
     * does not reach, a phone that is off, and now and then a filter.
     *
     * @param earlierTexts how many went to this number before; a phone that was off may be on again
     */
    public int textError(String number, int earlierTexts) {
        @Nullable Line line = lines.get(number);
        if (line == null) {
            return 0;
        }
        double draw = new Dice(seed, number, earlierTexts).roll("text error");
        return switch (line.condition()) {
            case NOT_IN_SERVICE -> new Dice(seed, number, 0).roll("text error") < 0.7 ? 30005 : 30006;
            case NOBODY -> draw < 0.6 ? 30003 : 0;
            case WORKS, WRONG_PERSON, ALWAYS_VOICEMAIL -> draw < 0.01 ? 30007 : draw < 0.015 ? 30008 : 0;
        };
    }

    /** Who rings the account from this number: one of those who share it, a stranger from a number nobody knows. */
    public Optional<Voice> caller(String number, Instant now) {
        @Nullable Line line = lines.get(number);
        boolean theirs = line != null && line.condition() != Persona.Condition.WRONG_PERSON;
        return byNumber.getOrDefault(number, List.of()).stream()
                .findFirst()
                .or(() -> byIne.values().stream().findFirst())
                .map(persona ->
                        new Voice(persona, theirs ? Speaker.YOUTH : Speaker.STRANGER, wasSpokenTo(persona), now));
    }

    /** When whoever missed the {@code rings}th call to this number rings back, if they do. */
    public Optional<Duration> ringsBackAfter(String number, int rings) {
        @Nullable Line line = lines.get(number);
        var dice = new Dice(seed, number, rings);
        return line != null && line.condition() == Persona.Condition.WORKS && dice.roll("back") < RINGS_BACK
                ? Optional.of(Duration.ofSeconds((long) (60 + 7_000 * dice.roll("back after"))))
                : Optional.empty();
    }

    /** The keys that whoever is on the line presses when asked to; empty for none. */
    public String keys(@Nullable Voice voice, String number, int rings) {
        boolean listens = voice != null && voice.speaker() != Speaker.VOICEMAIL;
        return listens && new Dice(seed, number, rings).roll("keys") < PRESSES_A_KEY ? "1" : "";
    }

    /** Right most of the time. */
    public Detected detected(Speaker speaker, String number, int rings, boolean messageEnd) {
        var dice = new Dice(seed, number, rings);
        if (dice.roll("detection gives up") < DETECTION_GIVES_UP) {
            return new Detected("unknown", LONGEST_DETECTION);
        }
        boolean machine = speaker == Speaker.VOICEMAIL
                ? dice.roll("detection") >= MACHINE_TAKEN_FOR_A_PERSON
                : dice.roll("detection") < PERSON_TAKEN_FOR_A_MACHINE;
        if (!machine) {
            return new Detected("human", Duration.ofMillis((long) (2_400 + 1_500 * dice.roll("detection time"))));
        }
        if (!messageEnd) {
            return new Detected(
                    "machine_start", Duration.ofMillis((long) (3_500 + 1_500 * dice.roll("detection time"))));
        }
        boolean beep = dice.roll("beep") >= ENDS_WITHOUT_A_BEEP;
        return new Detected(beep ? "machine_end_beep" : "machine_end_silence", Duration.ofMillis((long)
                (8_000 + 6_000 * dice.roll("detection time"))));
    }

    /** The reply to the first text a number gets, if its owner is one who replies. */
    public Optional<String> replyToText(String number) {
        if (!texted.add(number)) {
            return Optional.empty();
        }
        List<Persona> owners = byNumber.getOrDefault(number, List.of());
        // a shared phone stays silent: nobody could say for whom it spoke
        return owners.size() == 1 ? reply(owners.getFirst()) : Optional.empty();
    }

    public Duration replyDelay(String number) {
        return Duration.ofSeconds((long) (60 + 2_000 * new Dice(seed, number, 0).roll("text")));
    }

    private static Optional<String> reply(Persona persona) {
        return switch (persona.texting()) {
            case SILENT -> Optional.empty();
            case STOP -> Optional.of("STOP");
            case FREE_TEXT -> Optional.of(freeText(persona));
        };
    }

    private static String freeText(Persona persona) {
        List<String> texts = List.of(
                "Bonjour, je peux parler demain après 17h",
                "C'est qui ?",
                "C'est bon je suis en apprentissage merci",
                "Vous pouvez rappeler mercredi ?");
        return texts.get(Math.floorMod(persona.identity().ine().hashCode(), texts.size()));
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
        boolean expected = byNumber.getOrDefault(line.number(), List.of()).stream()
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
        List<Persona> owners = byNumber.getOrDefault(number, List.of());
        return owners.get((int) (dice.roll("owner") * owners.size()));
    }
}
