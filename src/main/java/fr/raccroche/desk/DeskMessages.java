package fr.raccroche.desk;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.youth.PhoneNumber;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the agent's desk; French in {@code messages/desk.properties}. */
@MessageBundle("desk")
public interface DeskMessages {

    @Message
    String presence(Agents.State state);

    @Message
    String callState(Attempts.State state);

    @Message
    String result(AttemptResult result);

    @Message
    String outcome(Interview.Outcome outcome);

    @Message
    String solution(Interview.Solution solution);

    @Message
    String owner(PhoneNumber.Owner owner);

    @Message
    String ownerOf(PhoneNumber.Owner owner);

    @Message
    String mayTell(PhoneNumber.Owner owner);

    @Message
    String texts();

    @Message
    String textUnread();

    /** Several youths have the number from which a text came. */
    @Message
    String textShared();
}
