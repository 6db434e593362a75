package fr.raccroche;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludePackages;

/** No test is forgotten, and none starts an application of its own. */
class TestRunTest {

    @Test
    void eachTestOnTheApplicationIsInOnePart() {
        assertThat(FormsPart.class.getAnnotation(ExcludePackages.class).value())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(Stream.of(CallsPart.class, DeskPart.class)
                        .flatMap(part -> Arrays.stream(
                                part.getAnnotation(IncludePackages.class).value()))
                        .toArray(String[]::new));
    }

    @Test
    void allTestsOnTheApplicationShareOne() {
        var tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages(CallsPart.ALL);
        noClasses()
                .that(DescribedPredicate.not(assignableTo(Annotation.class)))
                .should()
                .beAnnotatedWith(QuarkusTest.class)
                .orShould()
                .beAnnotatedWith(TestProfile.class)
                .check(tests);
    }
}
