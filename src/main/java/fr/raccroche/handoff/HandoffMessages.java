package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.FollowUps.Tab;
import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import fr.raccroche.youth.AgreedBy;
import io.quarkus.qute.i18n.MessageBundle;

/** Names of steps, results and reasons; French in {@code messages/handoff.properties}. */
@MessageBundle("handoff")
interface HandoffMessages {

    String tab(Tab tab);

    String empty(Tab tab);

    String kind(StructureKind kind);

    String state(State state);

    String result(Result result);

    String event(EventKind kind);

    String agreedBy(AgreedBy by);

    String reason(Unreached.Reason reason);
}
