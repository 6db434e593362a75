package fr.raccroche.simulator.people;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Youths made for one test. */
public final class TestingPeople {

    public static final Reach ALWAYS = new Reach(1, 1, 1);

    private TestingPeople() {}

    public static Line line(String number, Condition condition) {
        return new Line(number, Owner.YOUTH, condition, ALWAYS, false);
    }

    public static Persona youth(String ine, Stance stance, Line... lines) {
        return youth(ine, stance, Texting.SILENT, lines);
    }

    public static Persona youth(String ine, Stance stance, Texting texting, Line... lines) {
        return new Persona(
                new Identity(
                        ine,
                        "SIEI-" + ine,
                        "BENALI",
                        "Lina",
                        true,
                        LocalDate.of(2009, 3, 2),
                        "0930001A",
                        "CAP Cuisine",
                        "1 rue Pasteur",
                        new Commune("93066", "Saint-Denis", "93", "93200", 1),
                        "",
                        List.of()),
                List.of(lines),
                stance,
                stance == Stance.IN_SOLUTION ? Optional.of(Solution.SCHOOL) : Optional.empty(),
                Duration.ofMinutes(3),
                Optional.empty(),
                texting);
    }
}
