package fr.raccroche.supervision;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Agents;
import fr.raccroche.queue.YouthState;
import io.quarkus.qute.i18n.MessageBundle;

/** Names of states on the wallboard; French in {@code messages/supervision.properties}. */
@MessageBundle("supervision")
interface SupervisionMessages {

    String youths(YouthState state);

    String presence(Agents.State state);

    String campaign(Campaign.State state);
}
