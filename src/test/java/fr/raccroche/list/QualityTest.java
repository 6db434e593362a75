package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.row.RowIssue;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QualityTest {

    private static SchoolCounts people(String uai, int people, int reached, int inSolution) {
        return new SchoolCounts(uai, people, 0, 0, 0, reached, reached, inSolution, 0, 0);
    }

    @Test
    void rejectedRowsAndPeopleOfASchoolMeet() {
        var rejections = new SchoolRejections();
        rejections.add(" 0750001u ", RowIssue.NO_USABLE_PHONE, "tel_jeune");
        rejections.add("0750001U", RowIssue.NOT_A_DATE, "date_naissance");
        rejections.add("0750001U", RowIssue.UNDER_16, "date_naissance");
        rejections.add("", RowIssue.DUPLICATE, "ligne");

        Quality quality = Quality.of(List.of(people("0750001U", 3, 0, 0), people("0930002X", 2, 0, 0)), rejections);

        assertThat(quality.schools()).extracting(School::uai).containsExactly("0750001U", "", "0930002X");
        School school = quality.schools().getFirst();
        assertThat(school.rows()).isEqualTo(6);
        assertThat(school.withPhone()).isEqualTo(0.75);
        assertThat(school.noBirthDate()).isEqualTo(1);
        assertThat(school.under16()).isEqualTo(1);
        assertThat(quality.whole().rows()).isEqualTo(9);
        assertThat(quality.whole().duplicates()).isEqualTo(1);
    }

    @Test
    void whatFewYouthsAnsweredIsNotToldOfTheirSchool() {
        Quality quality = Quality.of(
                List.of(people("0750001U", 30, 4, 4), people("0930002X", 30, 10, 5)), new SchoolRejections());

        assertThat(quality.schools().getFirst().inSolutionShare()).isNull();
        assertThat(quality.schools().getLast().inSolutionShare()).isEqualTo(0.5);
        assertThat(quality.whole().inSolutionShare()).isEqualTo(9 / 14.0);
    }

    @Test
    void noShareIsTakenOfNothing() {
        School empty = Quality.of(List.of(), new SchoolRejections()).whole();

        assertThat(empty.withPhone()).isNull();
        assertThat(empty.deadShare()).isNull();
        assertThat(empty.inSolutionShare()).isNull();
    }

    @Property(tries = 200)
    void theWholeIsTheSumOfItsSchools(
            @ForAll @Size(max = 8) List<@IntRange(max = 50) Integer> people,
            @ForAll @Size(max = 30) List<RowIssue> issues) {
        var rejections = new SchoolRejections();
        for (int i = 0; i < issues.size(); i++) {
            rejections.add("S" + i % 5, issues.get(i), "ligne");
        }
        var counts = new java.util.ArrayList<SchoolCounts>();
        for (int i = 0; i < people.size(); i++) {
            counts.add(people("S" + i, people.get(i), people.get(i), 0));
        }

        Quality quality = Quality.of(counts, rejections);

        assertThat(quality.whole().rows())
                .isEqualTo(quality.schools().stream().mapToInt(School::rows).sum())
                .isEqualTo(people.stream().mapToInt(Integer::intValue).sum() + issues.size());
        assertThat(quality.whole().rejectedRows()).isEqualTo(issues.size());
    }
}
