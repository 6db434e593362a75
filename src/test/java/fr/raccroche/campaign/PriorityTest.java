package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.queue.Priority;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @ParameterizedTest
    @CsvSource({
        "true, 2000-01-01, , 11",
        "false, 2009-11-24, 2026-11-24, 5",
        "false, 2009-11-24, 2026-11-10, 5",
        "false, 2009-11-24, 2026-11-09, 4",
        "false, 2009-11-24, 2026-10-13, 4",
        "false, 2009-11-24, 2026-10-12, 3",
        "false, 2009-11-24, , 3",
        "false, 2010-11-24, , 3",
        "false, 2010-11-25, , 0",
        "false, 2008-11-25, , 3",
        "false, 2008-11-24, , 0",
        "false, 2006-01-01, 2026-11-24, 2",
        "false, 2006-01-01, 2026-10-20, 1",
        "false, 2006-01-01, 2026-01-01, 0"
    })
    void callsAskedForThenThoseBoundToTrainThenTheFreshest(
            boolean callback, LocalDate born, @Nullable LocalDate listedOn, int priority) {
        assertThat(Priority.of(callback, born, listedOn, TODAY)).isEqualTo(priority);
    }

    @Property
    void theQueueHasFewLanes(
            @ForAll boolean callback,
            @ForAll @IntRange(min = 14 * 365, max = 31 * 365) int age,
            @ForAll @IntRange(max = 400) int listed) {
        assertThat(Priority.of(callback, TODAY.minusDays(age), TODAY.minusDays(listed), TODAY))
                .isIn(0, 1, 2, 3, 4, 5, Priority.CALLBACK);
    }
}
