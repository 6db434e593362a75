package fr.raccroche.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InTurnTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> heard = new ArrayList<>();

    @Test
    void theNextBeginsWhenTheOneBeforeHasEnded() {
        InTurn.each(List.of("a", "b", "c"), this::slow).await().atMost(PATIENCE);

        assertThat(heard).containsExactly("a begins", "a ends", "b begins", "b ends", "c begins", "c ends");
    }

    @Test
    void theFirstFailureEndsThemAll() {
        assertThatThrownBy(() -> InTurn.each(List.of("a", "fails", "c"), this::slow)
                        .await()
                        .atMost(PATIENCE))
                .hasMessage("fails");

        assertThat(heard).containsExactly("a begins", "a ends", "fails begins");
    }

    @Test
    void whatFailsOnItsOwnDoesNotStopTheOthers() {
        InTurn.eachOnItsOwn(List.of("a", "fails", "throws", "c"), this::slow, "Nobody minds")
                .await()
                .atMost(PATIENCE);

        assertThat(heard).containsExactly("a begins", "a ends", "fails begins", "throws begins", "c begins", "c ends");
    }

    @Test
    void manyThatEndAtOnceAreNoStaircase() {
        var done = new ArrayList<Integer>();

        InTurn.each(IntStream.range(0, 100_000).boxed().toList(), n -> {
                    done.add(n);
                    return Nothing.found();
                })
                .await()
                .atMost(PATIENCE);

        assertThat(done).hasSize(100_000).isSorted();
    }

    private Uni<Void> slow(String name) {
        heard.add(name + " begins");
        if (name.equals("throws")) {
            throw new IllegalStateException(name);
        }
        if (name.equals("fails")) {
            return Uni.createFrom().failure(new IllegalStateException(name));
        }
        return Nothing.happens().onItem().delayIt().by(Duration.ofMillis(20)).invoke(() -> heard.add(name + " ends"));
    }
}
