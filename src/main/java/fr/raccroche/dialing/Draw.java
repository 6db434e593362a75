package fr.raccroche.dialing;

import fr.raccroche.campaign.Campaign;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was drawn, all of it locked.
 *
 * @param campaignState null when there is no such campaign
 * @param campaignVersion changes whenever the campaign's row does
 * @param agents who can take a call now, longest waiting first
 * @param agentState what the agent does, when one was asked for; null when they never came
 * @param youths at most one for each agent, in the order in which they should be called
 */
record Draw(
        Campaign.@Nullable State campaignState,
        long campaignVersion,
        List<Long> agents,
        Agents.@Nullable State agentState,
        List<Drawn> youths) {}
