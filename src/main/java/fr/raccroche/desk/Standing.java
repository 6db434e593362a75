package fr.raccroche.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the youth in hand stands in the campaign.
 *
 * @param messages left on their voicemail so far, in all campaigns
 * @param readFor real seconds since the agent got the file
 * @param draft what the agent typed so far
 */
public record Standing(
        int attempts,
        @Nullable Instant callbackAt,
        int messages,
        long readFor,
        @Nullable String draft) {}
