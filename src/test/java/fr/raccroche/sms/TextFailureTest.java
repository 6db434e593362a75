package fr.raccroche.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFailureTest {

    @ParameterizedTest
    @CsvSource({
        "21610, OBJECTION",
        "21211, NO_SUCH_NUMBER",
        "21217, NO_SUCH_NUMBER",
        "13224, NO_SUCH_NUMBER",
        "21612, NO_TEXTS",
        "21614, NO_TEXTS",
        "21635, NO_TEXTS",
        "30005, NO_TEXTS",
        "30006, NO_TEXTS",
        "30003, LATER",
        "21214, LATER",
        "30001, OURS",
        "30002, OURS",
        "20429, OURS",
        "21408, OURS",
        "30453, OURS",
        "30007, UNEXPLAINED",
        "30008, UNEXPLAINED",
        "12345, UNEXPLAINED",
        ", UNEXPLAINED"
    })
    void eachCodeTeachesSomething(@Nullable Integer code, TextFailure failure) {
        assertThat(TextFailure.of(code)).isEqualTo(failure);
    }

    @Test
    void aShareOfLostTextsIsAnAlarm() {
        assertThat(Fates.of(List.of(
                                new Messages.Fared("DELIVERED", null, 90),
                                new Messages.Fared("UNDELIVERED", 30007, 6),
                                new Messages.Fared("UNDELIVERED", 30008, 4)))
                        .filteredPercent())
                .isEqualTo(10);
        assertThat(Fates.of(List.of(
                                new Messages.Fared("DELIVERED", null, 5), new Messages.Fared("UNDELIVERED", 30007, 5)))
                        .filteredPercent())
                .as("too few to tell")
                .isZero();
        assertThat(Fates.of(List.of(new Messages.Fared("DELIVERED", null, 97), new Messages.Fared("FAILED", 30007, 3)))
                        .filteredPercent())
                .isZero();
    }

    @Test
    void everyTextHasOneFate() {
        var fates = Fates.of(List.of(
                new Messages.Fared("DELIVERED", null, 5),
                new Messages.Fared("SENT", null, 2),
                new Messages.Fared("TO_SEND", null, 1),
                new Messages.Fared("CANCELED", null, 4),
                new Messages.Fared("FAILED", 21614, 3),
                new Messages.Fared("UNDELIVERED", 30005, 2)));

        assertThat(fates)
                .returns(5L, Fates::delivered)
                .returns(3L, Fates::underWay)
                .returns(4L, Fates::canceled);
        assertThat(fates.failed()).containsExactly(TextFailure.NO_TEXTS);
        assertThat(fates.count(TextFailure.NO_TEXTS)).isEqualTo(5);
    }
}
