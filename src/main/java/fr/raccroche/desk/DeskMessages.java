package fr.raccroche.desk;

import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.AttemptState;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.Solution;
import io.quarkus.qute.i18n.MessageBundle;

/** Names of what an agent chooses and sees; French in {@code messages/desk.properties}. */
@MessageBundle("desk")
public interface DeskMessages {

    String presence(Agents.State state);

    String callState(AttemptState state);

    String outcome(Outcome outcome);

    String solution(Solution solution);

    String owner(NumberOwner owner);

    String ownerOf(NumberOwner owner);

    String mayTell(NumberOwner owner);
}
