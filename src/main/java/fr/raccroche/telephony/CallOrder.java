package fr.raccroche.telephony;

/**
 * A call to place.
 *
 * @param token names the attempt in every address that Twilio calls back
 * @param detection whether Twilio is to find out, while the call goes on, whether a machine answered
 */
public record CallOrder(String token, String to, String from, boolean detection) {}
