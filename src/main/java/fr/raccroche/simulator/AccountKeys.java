package fr.raccroche.simulator;

/**
 * What opens a Twilio account.
 *
 * @param authToken signs webhooks and opens the REST API
 * @param apiKeySid opens the REST API too, and issues the tokens of the softphone
 */
public record AccountKeys(String accountSid, String authToken, String apiKeySid, String apiKeySecret) {}
