package fr.raccroche.explain;

import fr.raccroche.campaign.TextKind;
import fr.raccroche.dialing.CallingRules.Rule;
import fr.raccroche.dialing.TextPlans;
import fr.raccroche.dialing.TextRules;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.RestReason;
import io.quarkus.qute.i18n.MessageBundle;

/** Names of rules, states and texts on the page about a youth's calls; French in {@code messages/explain.properties}. */
@MessageBundle("explain")
interface ExplainMessages {

    /** What a rule says when it lets the call pass. */
    String passes(Rule rule);

    /** What it says when it does not. */
    String refuses(Rule rule);

    String state(YouthState state);

    String owner(NumberOwner owner);

    String textKind(TextKind kind);

    String fate(TextPlans.Fate fate);

    /** Why a number is left alone. */
    String rest(RestReason reason);

    String dropped(TextRules.TextRule rule);
}
