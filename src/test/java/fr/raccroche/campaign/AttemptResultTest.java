package fr.raccroche.campaign;

import static fr.raccroche.campaign.AttemptResult.ABANDONED;
import static fr.raccroche.campaign.AttemptResult.BUSY;
import static fr.raccroche.campaign.AttemptResult.LOST;
import static fr.raccroche.campaign.AttemptResult.NOT_PLACED;
import static fr.raccroche.campaign.AttemptResult.NO_ANSWER;
import static fr.raccroche.campaign.AttemptResult.PASSED;
import static fr.raccroche.campaign.AttemptResult.TECHNICAL;
import static fr.raccroche.campaign.AttemptResult.VOICEMAIL;
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

    @Test
    void aSecondTryOnTheSameDayIsWorthItWhenSomebodyIsAtThePhone() {
        assertThat(Arrays.stream(AttemptResult.values()).filter(AttemptResult::invitesRetry))
                .containsExactlyInAnyOrder(BUSY, ABANDONED);
    }
}
