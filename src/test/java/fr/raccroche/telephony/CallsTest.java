package fr.raccroche.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.exception.AuthenticationException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallsTest {

    private static ApiException answer(int status, int code) {
        return new ApiException("made up", code, null, status, status, null, false, null);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 21211, false",
        "400, 21217, false",
        "400, 20003, true",
        "404, 20404, true",
        "400, 21210, false",
        "400, 21214, false",
        "400, 21216, false",
        "400, 21219, false",
        "400, 13224, false",
        "403, 21216, false",
        "400, 29999, false",
        "400, 21212, true",
        "400, 21215, true",
        "400, 21610, false",
        "401, 20003, true",
        "403, 20005, true",
        "429, 20429, true"
    })
    void aRefusalIsOursWhenNoNumberCouldHavePassed(int status, int code, boolean ours) {
        assertThat(Calls.failure(answer(status, code)))
                .isInstanceOfSatisfying(
                        Placement.NotPlaced.class,
                        refused -> assertThat(refused)
                                .returns(code, Placement.NotPlaced::code)
                                .returns(ours, Placement.NotPlaced::isOurs));
    }

    @ParameterizedTest
    @CsvSource({"500, 20500", "502, 0", "503, 20503", "307, 0"})
    void anErrorOfTheirsLeavesTheCallInDoubt(int status, int code) {
        assertThat(Calls.failure(answer(status, code))).isInstanceOf(Placement.InDoubt.class);
    }

    static Stream<Throwable> neverSent() {
        return Stream.of(
                new ConnectException("refused"),
                new UnknownHostException("api.twilio.com"),
                new NoRouteToHostException("none"),
                new org.apache.hc.client5.http.ConnectTimeoutException("slow"));
    }

    @ParameterizedTest
    @MethodSource("neverSent")
    void aRequestThatNeverLeftPlacedNothing(Throwable cause) {
        var failure = new ApiConnectionException("made up", new IllegalStateException(cause));

        assertThat(Calls.failure(failure))
                .isInstanceOfSatisfying(
                        Placement.NotPlaced.class,
                        refused -> assertThat(refused.isOurs()).isTrue());
    }

    @Test
    void aRequestThatLeftAndWasNotAnsweredIsInDoubt() {
        assertThat(Calls.failure(new ApiConnectionException("made up", new SocketTimeoutException("read"))))
                .isInstanceOf(Placement.InDoubt.class);
        assertThat(Calls.failure(new AuthenticationException("no answer"))).isInstanceOf(Placement.InDoubt.class);
    }

    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED, false",
        "initiated, INITIATED, false",
        "ringing, RINGING, false",
        "in-progress, IN_PROGRESS, false",
        "completed, COMPLETED, true",
        "busy, BUSY, true",
        "no-answer, NO_ANSWER, true",
        "failed, FAILED, true",
        "canceled, CANCELED, true"
    })
    void statusesAreReadInTheirSpelling(String twilio, CallStatus status, boolean end) {
        assertThat(CallStatus.of(twilio)).isEqualTo(status).returns(end, CallStatus::isFinal);
    }
}
