package fr.raccroche.campaign;

import java.time.Instant;

/** A campaign ended: what is left is listed for the field. Travels on {@code Outbox.CAMPAIGNS_CLOSED}. */
public record CampaignClosed(long campaignId, Instant at) {}
