package fr.raccroche.desk;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.AttemptState;
import fr.raccroche.youth.PhoneNumber;
import io.quarkus.qute.i18n.MessageBundle;

/** Names of what an agent chooses and sees; French in {@code messages/desk.properties}. */
@MessageBundle("desk")
public interface DeskMessages {

    String presence(Agents.State state);

    String callState(AttemptState state);

    String result(AttemptResult result);

    String outcome(Outcome outcome);

    String solution(Solution solution);

    String owner(PhoneNumber.Owner owner);

    String ownerOf(PhoneNumber.Owner owner);

    String mayTell(PhoneNumber.Owner owner);
}
