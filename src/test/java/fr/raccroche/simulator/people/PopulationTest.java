package fr.raccroche.simulator.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PopulationTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final String FICTIONAL = "\\+33(63998|19900|26191|35301|46571|53649)\\d{4}";

    private static final Population POPULATION = Population.generate(7, 4_000, DAY);
    private static final List<Persona> PEOPLE = POPULATION.personas();

    @Test
    void theSameSeedGivesTheSamePeople() {
        assertThat(Population.generate(7, 4_000, DAY)).isEqualTo(POPULATION);
        assertThat(Population.generate(8, 4_000, DAY)).isNotEqualTo(POPULATION);
    }

    @Test
    void everyYouthHasAPhoneAndEveryPhoneIsFictional() {
        assertThat(PEOPLE)
                .hasSize(4_000)
                .allSatisfy(persona -> assertThat(persona.lines())
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line.number()).matches(FICTIONAL)));
    }

    @Test
    void mostYouthsHaveANumberOfTheirOwnUpToEightThousand() {
        List<Persona> many = Population.generate(3, 8_000, DAY).personas();
        Map<String, Long> youthsByNumber = many.stream()
                .map(persona -> persona.lines().getFirst().number())
                .collect(Collectors.groupingBy(number -> number, Collectors.counting()));
        assertThat(share(
                        many,
                        persona -> youthsByNumber.getOrDefault(
                                        persona.lines().getFirst().number(), 0L)
                                == 1))
                .isGreaterThan(0.90);
        assertThat(share(
                        many,
                        persona -> Numbers.isMobile(persona.lines().getFirst().number())))
                .isGreaterThan(0.98);
    }

    @Test
    void thirtyThousandYouthsFindEnoughFictionalNumbers() {
        List<Persona> many = Population.generate(3, 30_000, DAY).personas();
        assertThat(many).hasSize(30_000);
        assertThat(share(many, persona -> persona.lines().getFirst().owner() == Owner.YOUTH))
                .isBetween(0.25, 0.40);
    }

    @Test
    void identifiersHaveTheirOfficialShape() {
        assertThat(PEOPLE).extracting(persona -> persona.identity().ine()).doesNotHaveDuplicates();
        assertThat(PEOPLE).allSatisfy(persona -> {
            assertThat(persona.identity().ine()).matches("\\d{9}[A-Z]{2}");
            assertThat(persona.identity().sieiNumber()).isNotBlank();
            String uai = persona.identity().uai();
            assertThat(uai).matches("0(75|77|78|91|92|93|94|95)\\d{4}[A-Z]");
            assertThat(uai.charAt(7))
                    .isEqualTo("ABCDEFGHJKLMNPRSTUVWXYZ".charAt(Integer.parseInt(uai.substring(0, 7)) % 23));
        });
    }

    @Test
    void agesRunFromSixteenToTwentyFiveWithOneInAHundredYounger() {
        assertThat(share(PEOPLE, persona -> persona.identity().ageOn(DAY) < 16)).isBetween(0.004, 0.016);
        assertThat(PEOPLE).allSatisfy(persona -> {
            int age = persona.identity().ageOn(DAY);
            assertThat(age).isBetween(14, 25);
            // whoever is under sixteen stays so through the campaign
            assertThat(age < 16 && persona.identity().ageOn(DAY.plusMonths(4)) >= 16)
                    .isFalse();
        });
    }

    @Test
    void theHiddenTruthFollowsTheBalanceSheetOf2021() {
        List<Persona> many = Population.generate(11, 20_000, DAY).personas();
        Predicate<Persona> reachable =
                persona -> persona.lines().stream().anyMatch(line -> line.condition() == Condition.WORKS);
        Predicate<Persona> gone = persona -> persona.lines().stream()
                .allMatch(line ->
                        line.condition() == Condition.NOT_IN_SERVICE || line.condition() == Condition.WRONG_PERSON);
        assertThat(share(many, persona -> !reachable.test(persona) && !gone.test(persona)))
                .isBetween(0.26, 0.31);
        assertThat(share(many, gone)).isBetween(0.02, 0.04);
        assertThat(share(many, reachable.and(stance(Stance.IN_SOLUTION)))).isBetween(0.49, 0.54);
        assertThat(share(many, reachable.and(Persona::wantsReferral))).isBetween(0.062, 0.078);
        double toCio = (double) many.stream().filter(stance(Stance.WANTS_CIO)).count()
                / many.stream().filter(Persona::wantsReferral).count();
        assertThat(toCio).isBetween(0.55, 0.61);
        assertThat(share(many, reachable.and(stance(Stance.OBJECTS)))).isBetween(0.01, 0.03);
    }

    @Test
    void peopleForATryAnswerOftenAndShareNoNumber() {
        List<Persona> talkative =
                Population.generate(1, 120, DAY, Manner.TALKATIVE).personas();
        List<String> numbers = talkative.stream()
                .flatMap(persona -> persona.lines().stream())
                .map(Line::number)
                .toList();
        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(share(talkative, persona -> persona.lines().getFirst().condition() == Condition.WORKS))
                .isGreaterThan(0.7);
    }

    @Test
    void theListHasTheColumnsOfTheImport() {
        List<String> rows = POPULATION.csv().lines().toList();
        assertThat(rows).hasSize(4_001);
        assertThat(rows.getFirst())
                .isEqualTo("ine;numero_siei;nom;prenom;date_naissance;sexe;uai_dernier_etablissement;"
                        + "derniere_formation;adresse;code_postal;commune;code_insee;tel_jeune;tel_jeune_2;courriel;"
                        + "resp1_nom;resp1_prenom;resp1_tel;resp1_code_insee;"
                        + "resp2_nom;resp2_prenom;resp2_tel;resp2_code_insee");
        assertThat(rows).allSatisfy(row -> assertThat(row.split(";", -1)).hasSize(23));
        assertThat(rows.get(1).split(";", -1)[12].replace(" ", "")).matches("0\\d{9}");
        assertThat(rows.get(1).split(";", -1)[4]).matches("\\d{2}/\\d{2}/\\d{4}");
    }

    @Test
    void numbersOnTheListAreTheOnesThePersonaHas() {
        String[] cells =
                POPULATION.csv().lines().skip(1).findFirst().orElseThrow().split(";", -1);
        Set<String> listed = new HashSet<>();
        for (int column : new int[] {12, 13, 17, 21}) {
            if (!cells[column].isEmpty()) {
                listed.add("+33" + cells[column].replace(" ", "").substring(1));
            }
        }
        assertThat(PEOPLE.getFirst().lines()).extracting(Line::number).containsExactlyInAnyOrderElementsOf(listed);
    }

    private static Predicate<Persona> stance(Stance stance) {
        return persona -> persona.stance() == stance;
    }

    private static double share(List<Persona> people, Predicate<Persona> which) {
        return (double) people.stream().filter(which).count() / people.size();
    }
}
