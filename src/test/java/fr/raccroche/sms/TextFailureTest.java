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
        "30036, LATER",
        "21214, LATER",
        "30001, OURS",
        "30002, OURS",
        "20429, OURS",
        "21408, NO_TEXTS",
        "21608, NO_TEXTS",
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
        assertThat(Deliveries.of(List.of(
                                new DeliveryCount(TextState.DELIVERED, null, 90),
                                new DeliveryCount(TextState.UNDELIVERED, 30007, 6),
                                new DeliveryCount(TextState.UNDELIVERED, 30008, 4)))
                        .filteredPercent())
                .isEqualTo(10);
        assertThat(Deliveries.of(List.of(
                                new DeliveryCount(TextState.DELIVERED, null, 5),
                                new DeliveryCount(TextState.UNDELIVERED, 30007, 5)))
                        .filteredPercent())
                .as("too few to tell")
                .isZero();
        assertThat(Deliveries.of(List.of(
                                new DeliveryCount(TextState.DELIVERED, null, 97),
                                new DeliveryCount(TextState.FAILED, 30007, 3)))
                        .filteredPercent())
                .isZero();
    }

    @Test
    void everyTextHasOneFate() {
        var deliveries = Deliveries.of(List.of(
                new DeliveryCount(TextState.DELIVERED, null, 5),
                new DeliveryCount(TextState.SENT, null, 2),
                new DeliveryCount(TextState.TO_SEND, null, 1),
                new DeliveryCount(TextState.CANCELED, null, 4),
                new DeliveryCount(TextState.FAILED, 21614, 3),
                new DeliveryCount(TextState.UNDELIVERED, 30005, 2)));

        assertThat(deliveries)
                .returns(5L, Deliveries::delivered)
                .returns(3L, Deliveries::underWay)
                .returns(4L, Deliveries::canceled);
        assertThat(deliveries.failed()).containsExactly(TextFailure.NO_TEXTS);
        assertThat(deliveries.count(TextFailure.NO_TEXTS)).isEqualTo(5);
    }
}
