package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** An error in the log is no matter of chance: somebody said that it would come, or the test fails. */
@ExtendWith(TestingLogTest.Context.class)
class TestingLogTest {

    static final class Context implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ExtensionContext.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context;
        }
    }

    private static final Logger LOGGER = Logger.getLogger("test.log");

    private final TestingLog log = new TestingLog();

    @AfterEach
    void forget(ExtensionContext context) {
        log.afterAll(context);
    }

    @Test
    void anErrorFailsTheTestThatDidNotExpectIt(ExtensionContext context) {
        log.beforeAll(context);
        LOGGER.log(Level.SEVERE, "It broke", new IllegalStateException("for a reason"));

        assertThatThrownBy(() -> log.afterEach(context))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("It broke", "for a reason");
        assertThatCode(() -> log.afterEach(context)).as("said once").doesNotThrowAnyException();
    }

    @Test
    void whatWasExpectedAndWhatIsNoErrorPasses(ExtensionContext context) {
        log.beforeAll(context);
        TestingLog.expects("for a reason");
        LOGGER.log(Level.SEVERE, "It broke", new IllegalStateException("for a reason"));
        LOGGER.warning("It may break");

        assertThatCode(() -> log.afterEach(context)).doesNotThrowAnyException();
    }
}
