package fr.raccroche.campaign;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the campaign pages; French in {@code messages/campaign.properties}. */
@MessageBundle("campaign")
public interface CampaignMessages {

    @Message
    String state(Campaign.State state);

    @Message
    String mode(Campaign.Mode mode);

    @Message
    String part(DayPart part);

    @Message
    String group(PlanForm.Group group);

    @Message
    String setting(PlanSettings.Setting setting);

    /** What a higher value costs and brings. */
    @Message
    String tradeoff(PlanSettings.Setting setting);

    @Message
    String unit(PlanSettings.Unit unit);

    @Message
    String usual(int value);

    @Message
    String dayKind(PlanPicture.Kind kind);

    @Message
    String planTitle();

    @Message
    String planSummary(int tries, long days, String first, String last);

    @Message
    String planLate(int late);

    @Message
    String planCaption();

    @Message
    String tryNumber(int n);

    @Message
    String tooLate();

    @Message
    String planChange();

    @Message
    String planChangeHint();

    @Message
    String planKeep();

    @Message
    String planDiscard();

    @Message
    String planLater();

    @Message
    String maxAttempts();

    @Message
    String maxAttemptsWhy();

    @Message
    String first();

    @Message
    String firstWhy();

    @Message
    String anyPart();

    @Message
    String afternoonFrom();

    @Message
    String afternoonFromWhy();

    @Message
    String eveningFrom();

    @Message
    String eveningFromWhy();

    @Message
    String blockedDays();

    @Message
    String blockedDaysWhy();

    @Message
    String numbers();

    @Message
    String numbersWhy();

    @Message
    String numbersChange();

    @Message
    String numbersKeep();

    @Message
    String numbersOfAccount();

    @Message
    String category(CallerNumber.Category category);

    /** What speaks against showing a number of this kind in such a campaign. */
    @Message
    String misfit(CallerNumbers.Misfit misfit);

    /** Where that is written. */
    @Message
    String source(CallerNumbers.Misfit misfit);

    @Message
    String title();

    @Message
    String defaultScript();

    @Message
    String defaultText(String number);

    /** What a way of starting calls costs and brings. */
    @Message
    String modeWhy(Campaign.Mode mode);

    @Message
    String modesTitle();

    @Message
    String modesHow();

    @Message
    String modesChange();

    @Message
    String modesKeep();

    @Message
    String target();

    /** Of a target, in percent. */
    @Message
    String targetRange(String highest);

    @Message
    String targetWhy();

    /** Above the table of lines; {@code rate} is the answer rate that is reckoned with. */
    @Message
    String burstAllowed(String rate);

    @Message
    String burstAgents();

    @Message
    String burstLines();

    @Message
    String burstNow();

    /** Why each agent has one line. */
    @Message
    String burstGround(BurstBound.Ground ground);

    @Message
    String reading();

    @Message
    String seconds();

    @Message
    String readingWhy();

    @Message
    String detection();

    @Message
    String detectionWhy();

    @Message
    String voicemail();

    @Message
    String voicemailWhy();

    @Message
    String nobody();

    @Message
    String nobodyWhy();

    @Message
    String abandoned();

    @Message
    String abandonedOf(String answered);

    @Message
    String textsLink();

    @Message
    String fallbackText();

    @Message
    String fallbackHint();
}
