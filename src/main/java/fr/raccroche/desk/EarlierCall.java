package fr.raccroche.desk;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.youth.NumberOwner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An earlier attempt at a youth, in any campaign, or their call to us. */
public record EarlierCall(
        Instant at,
        AttemptResult result,
        NumberOwner owner,
        @Nullable String note,
        boolean inbound) {}
