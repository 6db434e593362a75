package fr.raccroche.explain;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.DayPart;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.dialing.CallingRules.Rule;
import fr.raccroche.dialing.TextPlans;
import fr.raccroche.dialing.TextRules;
import fr.raccroche.dialing.YouthState;
import fr.raccroche.youth.NumberOwner;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the explanation of calls; French in {@code messages/explain.properties}. */
@MessageBundle("explain")
interface ExplainMessages {

    /** What a rule says when it lets the call pass. */
    @Message
    String passes(Rule rule);

    /** What it says when it does not. */
    @Message
    String refuses(Rule rule);

    @Message
    String state(YouthState state);

    @Message
    String result(AttemptResult result);

    @Message
    String part(DayPart part);

    @Message
    String owner(NumberOwner owner);

    @Message
    String title();

    @Message
    String search();

    @Message
    String searchHint();

    @Message
    String find();

    @Message
    String found(String text);

    @Message
    String foundNobody(String text);

    @Message
    String more(int shown);

    @Message
    String name();

    @Message
    String birth();

    @Message
    String commune();

    @Message
    String why();

    @Message
    String noCampaign();

    @Message
    String now();

    @Message
    String from(String moment);

    @Message
    String after(String moment);

    @Message
    String never();

    @Message
    String seen(String moment);

    @Message
    String yes();

    @Message
    String no();

    @Message
    String allRules(int count);

    @Message
    String until(String moment);

    @Message
    String event();

    @Message
    String forGood();

    @Message
    String count(int used, int of);

    @Message
    String attempts(int used, int of);

    @Message
    String noAttempt();

    @Message
    String number();

    @Message
    String at();

    @Message
    String dayPart();

    @Message
    String whose();

    @Message
    String resultTitle();

    @Message
    String uncounted();

    @Message
    String rangUs();

    @Message
    String going();

    @Message
    String texts();

    @Message
    String noText();

    @Message
    String textKind(TextKind kind);

    @Message
    String textReply();

    @Message
    String fate(TextPlans.Fate fate);

    @Message
    String dropped(TextRules.Rule rule);

    @Message
    String what();

    @Message
    String body();

    @Message
    String said();

    @Message
    String saidCall(String moment);

    @Message
    String saidSolution();

    @Message
    String saidNumber();

    @Message
    String saidObjection();

    @Message
    String objection();

    @Message
    String lift();

    @Message
    String liftWhy();

    @Message
    String liftReason();

    /** Asked before an objection is undone. */
    @Message
    String liftSure();

    @Message
    String revoke();

    @Message
    String revokeWhy();

    @Message
    String revokeSure();
}
