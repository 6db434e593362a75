package fr.raccroche;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The packages and the arrows between them, and where time, randomness and the network may enter. */
class ArchitectureTest {

    /** A package may use only those after it. */
    private static final List<String> ARROWS = List.of(
            "bench",
            "supervision",
            "desk",
            "explain",
            "inbound",
            "personal",
            "handoff",
            "dialing",
            "sms",
            "telephony",
            "list",
            "campaign",
            "queue",
            "directory",
            "youth",
            "security",
            "platform");

    private static final String SIMULATOR = "fr.raccroche.simulator..";

    /** Where the program starts and where its clock is made. */
    private static final Set<String> SOURCES_OF_TIME = Set.of(
            "fr.raccroche.platform.Sources",
            "fr.raccroche.platform.BusinessClock",
            "fr.raccroche.platform.EmbeddedDatabase",
            "fr.raccroche.Setup",
            "fr.raccroche.Raccroche");

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("fr.raccroche");

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        assertThat(CODE.getPackage("fr.raccroche").getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .containsExactlyInAnyOrderElementsOf(with(ARROWS, "simulator"));
    }

    @Test
    void aPackageUsesOnlyThoseBelowIt() {
        for (int i = 0; i < ARROWS.size(); i++) {
            String[] above = ARROWS.subList(0, i).stream()
                    .map(ArchitectureTest::packageOf)
                    .toArray(String[]::new);
            if (above.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(packageOf(ARROWS.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above)
                        .check(CODE);
            }
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("fr.raccroche.(*)..").should().beFreeOfCycles().check(CODE);
    }

    /** A file becomes rows, a row becomes a person: each without knowing what the list does with it. */
    @Test
    void theRoomsOfTheListKnowOnlyWhatIsBelowThem() {
        noClasses()
                .that()
                .resideInAPackage(packageOf("list.table"))
                .should()
                .dependOnClassesThat(resideInAPackage("fr.raccroche..")
                        .and(resideOutsideOfPackages(
                                packageOf("list.table"), packageOf("youth"), packageOf("platform"))))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "jakarta.."))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Sql.class)
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage(packageOf("list.row"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("fr.raccroche.list", packageOf("campaign"), "java.sql..", "jakarta..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Sql.class)
                .check(CODE);
        slices().matching("fr.raccroche.list.(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void nothingButTheTestsUsesTheRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage("fr.raccroche")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("fr.raccroche")
                .check(CODE);
    }

    @Test
    void theSimulatorStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage(SIMULATOR)
                .should()
                .dependOnClassesThat(resideInAPackage("fr.raccroche..").and(resideOutsideOfPackages(SIMULATOR)))
                .check(CODE);
        noClasses()
                .that()
                .resideOutsideOfPackages(SIMULATOR, "fr.raccroche")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SIMULATOR)
                .check(CODE);
    }

    /** Who the people are is known without a network, and the network without those who work in the product. */
    @Test
    void theSimulatorsArrowsPointDown() {
        noClasses()
                .that()
                .resideInAPackage("fr.raccroche.simulator.people")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("fr.raccroche.simulator", "fr.raccroche.simulator.run")
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("fr.raccroche.simulator")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("fr.raccroche.simulator.run")
                .check(CODE);
    }

    @Test
    void onlyTelephonyAndTextsKnowTwilio() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packageOf("telephony"), packageOf("sms"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.twilio..")
                .check(CODE);
    }

    @Test
    void timeEntersThroughTheClock() {
        noClasses()
                .that(areNotSources())
                .should()
                .callMethodWhere(describe("a moment that no Clock gave", ArchitectureTest::asksTheSystemForTime))
                .check(CODE);
    }

    @Test
    void randomnessEntersThroughTheGenerator() {
        noClasses()
                .that(areNotSources().and(resideOutsideOfPackages(SIMULATOR)))
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .check(CODE);
    }

    /** Inside a transaction they would run two statements at once on one connection. */
    @Test
    void statementsAreNeverJoinedOrCombined() {
        noClasses()
                .should()
                .callMethod(Uni.class, "join")
                .orShould()
                .callMethod(Uni.class, "combine")
                .check(CODE);
    }

    /** There are no entities, so nothing is loaded lazily behind a reactive chain's back. */
    @Test
    void nothingIsLoadedLazily() {
        noClasses().should().beAnnotatedWith("jakarta.persistence.Entity").check(CODE);
    }

    @Test
    void everyPackageSaysWhatItIsForAndKnowsNull() {
        assertThat(CODE.stream().map(JavaClass::getPackage).distinct())
                .filteredOn(contents -> contents.tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isEmpty())
                .isEmpty();
    }

    /** Who reads a name knows which one is meant. Only pages call what Qute checks by the one name it looks for. */
    @Test
    void aNameStandsOnceInAPackage() {
        var names = CODE.stream()
                .filter(type -> !type.isAnonymousClass() && !type.isLocalClass())
                .filter(type -> !type.getSimpleName().equals("Templates"))
                .filter(type -> !type.getName().contains("_"))
                .collect(groupingBy(type -> type.getPackageName() + "." + type.getSimpleName(), counting()));
        assertThat(names).isNotEmpty();
        assertThat(names.entrySet()).filteredOn(name -> name.getValue() > 1).isEmpty();
    }

    private static DescribedPredicate<JavaClass> areNotSources() {
        return describe(
                "are not sources of time",
                type -> SOURCES_OF_TIME.stream()
                        .noneMatch(source -> type.getName().startsWith(source)));
    }

    private static boolean asksTheSystemForTime(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        boolean now = call.getName().equals("now")
                && owner.startsWith("java.time.")
                && call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        return now || (owner.equals("java.lang.System") && call.getName().equals("currentTimeMillis"));
    }

    private static <T> DescribedPredicate<T> describe(String description, Predicate<T> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    private static String packageOf(String name) {
        return "fr.raccroche." + name + "..";
    }

    private static List<String> with(List<String> names, String one) {
        return Stream.concat(names.stream(), Stream.of(one)).toList();
    }
}
