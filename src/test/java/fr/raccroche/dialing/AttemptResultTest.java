package fr.raccroche.dialing;

import static fr.raccroche.dialing.AttemptResult.ABANDONED;
import static fr.raccroche.dialing.AttemptResult.BUSY;
import static fr.raccroche.dialing.AttemptResult.LOST;
import static fr.raccroche.dialing.AttemptResult.NOT_PLACED;
import static fr.raccroche.dialing.AttemptResult.NO_ANSWER;
import static fr.raccroche.dialing.AttemptResult.PASSED;
import static fr.raccroche.dialing.AttemptResult.TECHNICAL;
import static fr.raccroche.dialing.AttemptResult.VOICEMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AttemptResultTest {

    @Test
    void onlyWhatSurelyNeverRangDoesNotCount() {
        assertThat(Arrays.stream(AttemptResult.values()).filter(result -> !result.counts()))
                .containsExactlyInAnyOrder(TECHNICAL, NOT_PLACED, PASSED);
    }

    @Test
    void silentAreTheOnesInWhichNobodySpoke() {
        assertThat(Arrays.stream(AttemptResult.values()).filter(AttemptResult::isSilent))
                .containsExactlyInAnyOrder(NO_ANSWER, BUSY, VOICEMAIL, ABANDONED, LOST);
    }

    @Test
    void whateverIsSilentCounts() {
        assertThat(Arrays.stream(AttemptResult.values()).filter(AttemptResult::isSilent))
                .allMatch(AttemptResult::counts);
    }
}
