package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.youth.NumberOwner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt for showing.
 *
 * @param noted its id when an agent recorded what came of it
 * @param n which of the ten it is; null when it does not count
 * @param result null while it is open
 * @param inbound whether the youth rang us
 */
public record LedgerEntry(
        @Nullable Long noted,
        long campaignId,
        Instant at,
        @Nullable Integer n,
        @Nullable AttemptResult result,
        NumberOwner owner,
        boolean inbound) {}
