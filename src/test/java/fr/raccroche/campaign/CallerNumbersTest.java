package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.CallerNumber.Category;
import fr.raccroche.campaign.CallerNumbers.Misfit;
import fr.raccroche.campaign.CallerNumbers.Pooled;
import fr.raccroche.campaign.CallerNumbers.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerNumbersTest {

    private static Pooled pooled(String e164, int share, @Nullable String departement) {
        return new Pooled(new CallerNumber(e164, CallerNumber.categoryOf(e164), "", departement, true), share);
    }

    private static Pooled pooled(String e164, int share) {
        return pooled(e164, share, null);
    }

    private static final Pooled PARIS = pooled("+33199000101", 1, "75");
    private static final Pooled SEINE_SAINT_DENIS = pooled("+33199000193", 1, "93");
    private static final Pooled NORTH = pooled("+33353010101", 1, "59");
    private static final Pooled VERIFIED = pooled("+33162000101", 1);

    @ParameterizedTest
    @CsvSource({
        "+33199000100, GEOGRAPHIC",
        "+33261910000, GEOGRAPHIC",
        "+33912345678, GEOGRAPHIC",
        "+33162000100, POLYVALENT",
        "+33163000100, POLYVALENT",
        "+33270000100, POLYVALENT",
        "+33271000100, POLYVALENT",
        "+33377000100, POLYVALENT",
        "+33378000100, POLYVALENT",
        "+33424000100, POLYVALENT",
        "+33425000100, POLYVALENT",
        "+33568000100, POLYVALENT",
        "+33569000100, POLYVALENT",
        "+33948000100, POLYVALENT",
        "+33949000100, POLYVALENT",
        "+33947500100, POLYVALENT",
        "+262947900100, POLYVALENT",
        "+33947400100, GEOGRAPHIC",
        "+33164000100, GEOGRAPHIC",
        "+33639980000, MOBILE",
        "+33712345678, MOBILE",
        "+262692000000, MOBILE",
        "+262262000000, GEOGRAPHIC"
    })
    void aNumberShowsItsCategory(String e164, Category category) {
        assertThat(CallerNumber.categoryOf(e164)).isEqualTo(category);
        assertThat(CallerNumber.mayBe(e164, category)).isTrue();
        assertThat(CallerNumber.mayBe(e164, Category.GENERAL_INTEREST)).isTrue();
    }

    @Test
    void theNearestGeographicNumberComesFirst() {
        var numbers = new CallerNumbers(List.of(PARIS, SEINE_SAINT_DENIS, NORTH));

        for (long youth = 1; youth < 200; youth++) {
            assertThat(numbers.shownTo(youth, "93", null))
                    .isEqualTo(SEINE_SAINT_DENIS.number().e164());
            assertThat(numbers.shownTo(youth, "77", null)).startsWith("+331");
            assertThat(numbers.shownTo(youth, "62", null))
                    .isEqualTo(NORTH.number().e164());
        }
        assertThat(shown(numbers, "13").keySet())
                .as("nobody is near: all take turns")
                .hasSize(3);
    }

    @Test
    void numbersAreUsedByTheirShares() {
        var numbers = new CallerNumbers(List.of(pooled("+33162000101", 1), pooled("+33162000102", 3)));

        Map<String, Long> shown = shown(numbers, null);

        assertThat(shown.getOrDefault("+33162000102", 0L)).isBetween(7_300L, 7_700L);
        assertThat(shown.getOrDefault("+33162000101", 0L)).isBetween(2_300L, 2_700L);
    }

    private static Map<String, Long> shown(CallerNumbers numbers, @Nullable String departement) {
        return LongStream.rangeClosed(1, 10_000)
                .mapToObj(youth -> Objects.requireNonNull(numbers.shownTo(youth, departement, null)))
                .collect(Collectors.groupingBy(e164 -> e164, Collectors.counting()));
    }

    @Property
    void aYouthSeesTheSameNumberWhileThePoolHasIt(
            @ForAll @LongRange(min = 1) long youth, @ForAll @IntRange(min = 1, max = 100) int share) {
        var before = new CallerNumbers(List.of(PARIS, NORTH, VERIFIED));
        String seen = before.shownTo(youth, "75", null);
        var pool = new ArrayList<>(before.pool());
        pool.add(pooled("+33199000175", share, "75"));

        assertThat(new CallerNumbers(pool).shownTo(youth, "75", seen)).isEqualTo(seen);
        assertThat(before.shownTo(youth, "75", null)).isEqualTo(seen);
    }

    /** A number that is added takes youths from the others, and moves nobody between those. */
    @Property
    void aNewNumberOnlyTakes(@ForAll @LongRange(min = 1) long youth) {
        var first = pooled("+33162000101", 2);
        var second = pooled("+33162000102", 1);
        var added = pooled("+33162000103", 1);

        String before = new CallerNumbers(List.of(first, second)).shownTo(youth, null, null);
        String after = new CallerNumbers(List.of(first, second, added)).shownTo(youth, null, null);

        assertThat(after).isIn(before, added.number().e164());
    }

    @Test
    void aRetiredNumberIsNotShownAnyMore() {
        var retired = new Pooled(new CallerNumber("+33162000109", Category.POLYVALENT, "", null, false), 100);

        assertThat(new CallerNumbers(List.of(retired, VERIFIED)).shownTo(1, null, "+33162000109"))
                .isEqualTo(VERIFIED.number().e164());
        assertThat(new CallerNumbers(List.of(retired)).shownTo(1, null, "+33162000109"))
                .isNull();
        assertThat(new CallerNumbers(List.of()).shownTo(1, "75", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PROGRESSIVE, GEOGRAPHIC, AUTOMATIC_TERRITORIAL",
        "PROGRESSIVE, MOBILE, AUTOMATIC_MOBILE",
        "PROGRESSIVE, POLYVALENT,",
        "PROGRESSIVE, GENERAL_INTEREST, GENERAL_INTEREST_LISTED",
        "PREVIEW, GEOGRAPHIC,",
        "PREVIEW, MOBILE,",
        "PREVIEW, POLYVALENT,",
        "PREVIEW, GENERAL_INTEREST, GENERAL_INTEREST_LISTED"
    })
    void whatDoesNotFitIsSaid(Campaign.Mode mode, Category category, @Nullable Misfit misfit) {
        var number = new CallerNumber("+33199000100", category, "", null, true);
        List<Warning> warnings = new CallerNumbers(List.of(new Pooled(number, 1))).warnings(mode, "RACCROCHE");

        assertThat(warnings).isEqualTo(misfit == null ? List.of() : List.of(new Warning("+33199000100", misfit)));
    }

    @Test
    void textsFromAMobileNumberAreWarnedOfAndRetiredNumbersAreNot() {
        var retired = new Pooled(new CallerNumber("+33199000100", Category.GEOGRAPHIC, "", null, false), 1);

        assertThat(new CallerNumbers(List.of(retired)).warnings(Campaign.Mode.PROGRESSIVE, "+33639989900"))
                .containsExactly(new Warning("+33639989900", Misfit.TEXTS_FROM_MOBILE));
    }
}
