package fr.raccroche.telephony;

import org.jspecify.annotations.Nullable;

/**
 * A call as Twilio knows it.
 *
 * @param dialled whether Twilio's turn for it ever came; no phone rang before
 */
public record CallRecord(
        String sid, CallStatus status, @Nullable Integer seconds, boolean dialled) {}
