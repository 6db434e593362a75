package fr.raccroche;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test on the running application, which it shares with all others of its part: see {@link TestingNode}. */
@QuarkusTest
@QuarkusTestResource(TestingNode.class)
@ExtendWith(TestingLog.class)
@Tag(ApplicationTest.TAG)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ApplicationTest {

    /** What {@code scripts/test --fast} leaves out. */
    String TAG = "application";
}
