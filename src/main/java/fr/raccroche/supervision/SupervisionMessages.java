package fr.raccroche.supervision;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.YouthState;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the wallboard; labels of states are in the properties. */
@MessageBundle("supervision")
interface SupervisionMessages {

    String youths(YouthState state);

    String presence(Agents.State state);

    String campaign(Campaign.State state);
}
