package fr.raccroche.desk;

import fr.raccroche.campaign.Campaign;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of an agent shows.
 *
 * @param file of the call in hand; null without one
 */
public record DeskView(
        DeskState state,
        List<Campaign> campaigns,
        AgentDay today,
        @Nullable DeskFile file,
        Instant now) {}
