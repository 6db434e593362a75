package fr.raccroche.campaign;

import fr.raccroche.queue.EndList;
import io.quarkus.qute.i18n.MessageBundle;

/** Names of what is set on campaign pages, and what each brings; French in {@code messages/campaign.properties}. */
@MessageBundle("campaign")
public interface CampaignMessages {

    String state(Campaign.State state);

    String mode(Campaign.Mode mode);

    String part(DayPart part);

    String result(AttemptResult result);

    String group(PlanForm.Group group);

    String setting(PlanSetting setting);

    /** What a higher value costs and brings. */
    String tradeoff(PlanSetting setting);

    String unit(Knob.Unit unit);

    String dayKind(PlanPicture.Kind kind);

    String firstWhy();

    String numbersWhy();

    String category(CallerNumber.Category category);

    /** What speaks against showing a number of this kind in such a campaign. */
    String misfit(CallerNumbers.Misfit misfit);

    /** Where that is written. */
    String source(CallerNumbers.Misfit misfit);

    /** What a way of starting calls costs and brings. */
    String modeWhy(Campaign.Mode mode);

    /** Who is on a list that a closed campaign leaves. */
    String endList(EndList list);

    /** What happens to them. */
    String endListWhat(EndList list);

    /** Why each agent has one line. */
    String burstGround(BurstBound.Ground ground);
}
