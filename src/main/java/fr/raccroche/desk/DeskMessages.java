package fr.raccroche.desk;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.youth.PhoneNumber;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the agent's desk; French in {@code messages/desk.properties}. */
@MessageBundle("desk")
public interface DeskMessages {

    String presence(Agents.State state);

    String callState(Attempts.State state);

    String result(AttemptResult result);

    String outcome(Interview.Outcome outcome);

    String solution(Interview.Solution solution);

    String owner(PhoneNumber.Owner owner);

    String ownerOf(PhoneNumber.Owner owner);

    String mayTell(PhoneNumber.Owner owner);

    String texts();

    String textUnread();

    /** Several youths have the number from which a text came. */
    String textShared();
}
