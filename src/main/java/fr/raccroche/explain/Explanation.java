package fr.raccroche.explain;

import fr.raccroche.dialing.TextPlans;
import fr.raccroche.personal.SelfReport;
import fr.raccroche.youth.YouthFile;
import java.time.Instant;
import java.util.List;

/**
 * All that is to say about the calls and texts to a youth.
 *
 * @param objectionToLift whether they objected and this person may undo that
 * @param linkToRevoke whether they have a page of their own that this person may close
 */
record Explanation(
        YouthFile youth,
        int age,
        Instant now,
        List<CampaignView> places,
        List<TextPlans.Line> texts,
        List<SelfReport> reports,
        boolean objectionToLift,
        boolean linkToRevoke) {}
