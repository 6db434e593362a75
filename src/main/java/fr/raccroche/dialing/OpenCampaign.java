package fr.raccroche.dialing;

/** An open campaign of a youth; {@code waiting} unless a call is in hand. */
public record OpenCampaign(long campaignId, boolean waiting) {}
