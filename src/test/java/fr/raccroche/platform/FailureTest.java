package fr.raccroche.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.impl.NoStackTraceException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.NotFoundException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Problem.conflict("taken", "Déjà pris."), 409, "taken"),
                Arguments.of(new CompletionException(Problem.tooMany("Trop.")), 429, "too-many-requests"),
                Arguments.of(new UnauthorizedException(), 401, "not-signed-in"),
                Arguments.of(new ForbiddenException(), 403, "forbidden"),
                Arguments.of(new NotFoundException(), 404, "not-found"),
                Arguments.of(new HibernateException("x", new ConnectException("refused")), 503, "database-away"),
                Arguments.of(new CompletionException(postgres("57P01")), 503, "database-away"),
                Arguments.of(postgres("57P03"), 503, "database-away"),
                Arguments.of(postgres("53300"), 503, "database-away"),
                Arguments.of(postgres("08006"), 503, "database-away"),
                Arguments.of(ClosedConnectionException.INSTANCE, 503, "database-away"),
                Arguments.of(new NoStackTraceThrowable("Timeout"), 503, "database-away"),
                Arguments.of(new NoStackTraceException("Timeout"), 503, "database-away"),
                Arguments.of(new TimeoutException(), 503, "database-away"),
                Arguments.of(postgres("23505"), 500, "unexpected"),
                Arguments.of(new IllegalStateException("secret"), 500, "unexpected"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasAStatusAndACode(Throwable failure, int status, String code) {
        assertThat(Failure.of(failure)).returns(status, Failure::status).returns(code, Failure::code);
    }

    @Test
    void whatIsUnexpectedShowsNothingOfTheInside() {
        assertThat(Failure.of(new IllegalStateException("secret")).detail()).doesNotContain("secret");
        assertThat(Failure.of(418).detail()).isEqualTo(Failure.of(400).detail());
    }

    private static PgException postgres(String sqlState) {
        return new PgException("message", "FATAL", sqlState, "detail");
    }
}
