package fr.raccroche.simulator.people;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Draws a population, household by household, from one seed. */
final class Births {

    private static final int LARGEST = 36_000;
    private static final int SPARE_MOBILES = 200;

    /** Among those who can be reached, so that the whole list comes out as in 2021. */
    private static final List<Share<Stance>> STANCES = List.of(
            new Share<>(Stance.IN_SOLUTION, 75.0),
            new Share<>(Stance.WANTS_CIO, 6.1),
            new Share<>(Stance.WANTS_MISSION_LOCALE, 4.4),
            new Share<>(Stance.WANTS_NOTHING, 6.2),
            new Share<>(Stance.REFUSES, 3.8),
            new Share<>(Stance.OBJECTS, 3.1),
            new Share<>(Stance.TOO_YOUNG, 1.4));

    private static final List<Share<Stance>> TALKATIVE_STANCES = List.of(
            new Share<>(Stance.IN_SOLUTION, 35),
            new Share<>(Stance.WANTS_CIO, 17),
            new Share<>(Stance.WANTS_MISSION_LOCALE, 18),
            new Share<>(Stance.WANTS_NOTHING, 15),
            new Share<>(Stance.REFUSES, 6),
            new Share<>(Stance.OBJECTS, 5),
            new Share<>(Stance.TOO_YOUNG, 4));

    private static final List<Share<Solution>> SOLUTIONS = List.of(
            new Share<>(Solution.SCHOOL, 45),
            new Share<>(Solution.APPRENTICESHIP, 25),
            new Share<>(Solution.TRAINING, 8),
            new Share<>(Solution.EMPLOYMENT, 12),
            new Share<>(Solution.CIVIC_SERVICE, 3),
            new Share<>(Solution.SUPPORTED, 5),
            new Share<>(Solution.OTHER, 2));

    private static final List<String> STREETS = List.of(
            "rue Jean Jaurès",
            "avenue de la République",
            "rue Victor Hugo",
            "allée des Tilleuls",
            "rue Pasteur",
            "avenue Gabriel Péri",
            "place du Marché",
            "rue des Écoles",
            "boulevard Voltaire",
            "rue Louise Michel",
            "square des Lilas",
            "rue du Moulin");

    private final Random random;
    private final int size;
    private final LocalDate date;
    private final boolean talkative;
    private final Names names;
    private final Identities identities;
    private final Residences communes;
    private final Numbers numbers;
    private final List<Persona> personas = new ArrayList<>();

    /** How the phones of a household behave, which decides whether its youths can be reached at all. */
    private enum Household {
        REACHABLE,
        UNREACHABLE,
        GONE
    }

    Births(long seed, int size, LocalDate date, Manner manner) {
        if (size > LARGEST) {
            throw new IllegalArgumentException("At most " + LARGEST + " youths, not " + size);
        }
        // java.util.Random: its sequence is specified, so a seed means the same people on every JDK
        this.random = new Random(seed);
        this.size = size;
        this.date = date;
        this.talkative = manner == Manner.TALKATIVE;
        this.names = new Names(random);
        this.identities = new Identities(random, date, names);
        this.communes = new Residences(random);
        this.numbers = new Numbers(random);
    }

    List<Persona> personas() {
        while (personas.size() < size) {
            int siblings = talkative || random.nextInt(100) >= 3 ? 1 : 2 + random.nextInt(2);
            household(Math.min(siblings, unborn()));
        }
        return personas;
    }

    private int unborn() {
        return size - personas.size();
    }

    private void household(int siblings) {
        Household kind = kind();
        Commune commune = communes.pick();
        String lastName = names.last();
        String address = (1 + random.nextInt(120)) + " " + STREETS.get(random.nextInt(STREETS.size()));
        List<Guardian> guardians = guardians(lastName, commune);
        List<Line> lines = lines(kind, siblings, guardians);
        for (int i = 0; i < siblings; i++) {
            Identity identity = identities.draw(personas.size(), lastName, address, commune, guardians);
            personas.add(person(kind, identity, lines));
        }
    }

    private Household kind() {
        double draw = random.nextDouble();
        double unreachable = talkative ? 0.05 : 0.285;
        double gone = talkative ? 0.05 : 0.028;
        if (draw < unreachable) {
            return Household.UNREACHABLE;
        }
        return draw < unreachable + gone ? Household.GONE : Household.REACHABLE;
    }

    private List<Guardian> guardians(String lastName, Commune commune) {
        var guardians = new ArrayList<Guardian>();
        double draw = random.nextDouble();
        int count = draw < 0.25 ? 0 : draw < 0.85 ? 1 : 2;
        for (int i = 0; i < count; i++) {
            boolean female = i == 0 && random.nextInt(100) < 75;
            boolean elsewhere = random.nextInt(100) < 12;
            String name = random.nextInt(100) < 80 ? lastName : names.last();
            String number = random.nextInt(100) < 55 ? guardianNumber() : "";
            guardians.add(
                    new Guardian(name, names.adult(female), female, number, elsewhere ? communes.pick() : commune));
        }
        return guardians;
    }

    private String guardianNumber() {
        boolean mobile = numbers.mobilesLeft() > unborn() + SPARE_MOBILES && random.nextBoolean();
        return mobile ? numbers.mobile() : numbers.landline();
    }

    private List<Line> lines(Household kind, int siblings, List<Guardian> guardians) {
        var lines = new ArrayList<Line>();
        // a list longer than the fictional mobiles leaves some youths only the phone at home
        boolean mobile = random.nextDouble() * unborn() < numbers.mobilesLeft();
        lines.add(mobile ? line(kind, numbers.mobile(), Owner.YOUTH) : line(kind, numbers.landline(), Owner.HOME));
        if (siblings == 1 && mobile && random.nextInt(100) < 8) {
            lines.add(line(kind, numbers.landline(), Owner.HOME));
        }
        guardians.stream()
                .map(Guardian::number)
                .filter(number -> !number.isEmpty())
                .forEach(number -> lines.add(line(kind, number, Owner.GUARDIAN)));
        return kind == Household.REACHABLE && lines.size() > 1 && random.nextInt(100) < 12
                ? withFirstNumberOutOfDate(lines)
                : lines;
    }

    /** The number on the list is an old one; the family is reached on the next. */
    private List<Line> withFirstNumberOutOfDate(List<Line> lines) {
        Line first = lines.getFirst();
        Condition condition = random.nextBoolean() ? Condition.NOT_IN_SERVICE : Condition.WRONG_PERSON;
        lines.set(0, new Line(first.number(), first.owner(), condition, strangerReach(condition), false));
        return lines;
    }

    private Line line(Household kind, String number, Owner owner) {
        Condition condition = switch (kind) {
            case REACHABLE -> Condition.WORKS;
            case UNREACHABLE -> random.nextInt(100) < 55 ? Condition.NOBODY : Condition.ALWAYS_VOICEMAIL;
            case GONE -> random.nextInt(100) < 60 ? Condition.NOT_IN_SERVICE : Condition.WRONG_PERSON;
        };
        Reach reach = condition == Condition.WORKS ? reach() : strangerReach(condition);
        return new Line(number, owner, condition, reach, random.nextInt(100) < 45);
    }

    private Reach reach() {
        double base = talkative ? 0.75 : 0.32 + 0.43 * random.nextDouble();
        return new Reach(base * 0.8, base, Math.min(0.95, base * 1.3));
    }

    private static Reach strangerReach(Condition condition) {
        return condition == Condition.WRONG_PERSON ? new Reach(0.5, 0.5, 0.6) : Reach.NEVER;
    }

    private Persona person(Household kind, Identity identity, List<Line> lines) {
        Stance stance = identity.ageOn(date) < 16 ? Stance.TOO_YOUNG : stance();
        boolean onMobile = Numbers.isMobile(lines.getFirst().number());
        boolean ownNumber = kind == Household.REACHABLE && onMobile;
        return new Persona(
                identity,
                lines,
                stance,
                stance == Stance.IN_SOLUTION ? Optional.of(Share.draw(SOLUTIONS, random)) : Optional.empty(),
                Duration.ofSeconds(120 + random.nextInt(240)),
                random.nextInt(100) < 6 ? Optional.of(callbackHour()) : Optional.empty(),
                ownNumber ? texting() : Texting.SILENT);
    }

    private Stance stance() {
        return Share.draw(talkative ? TALKATIVE_STANCES : STANCES, random);
    }

    private LocalTime callbackHour() {
        List<LocalTime> hours =
                List.of(LocalTime.of(10, 30), LocalTime.of(14, 30), LocalTime.of(17, 0), LocalTime.of(18, 30));
        return hours.get(random.nextInt(hours.size()));
    }

    private Texting texting() {
        int draw = random.nextInt(100);
        return draw < 2 ? Texting.STOP : draw < 6 ? Texting.FREE_TEXT : Texting.SILENT;
    }
}
