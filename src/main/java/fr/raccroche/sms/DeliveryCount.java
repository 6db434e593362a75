package fr.raccroche.sms;

import org.jspecify.annotations.Nullable;

/**
 * So many texts of a campaign are in one state.
 *
 * @param code Twilio's error, if any
 */
record DeliveryCount(TextState state, @Nullable Integer code, long count) {}
