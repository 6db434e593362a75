package fr.raccroche.desk;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.youth.PhoneNumber;
import fr.raccroche.youth.YouthFile;

/** Everything about the youth in hand. */
public record DeskFile(YouthFile youth, Campaign campaign, PhoneNumber called, Standing standing, Past past) {

    /** Whether another message may be left on the youth's voicemail. */
    public boolean takesMessage() {
        return standing.messages() < Outcomes.MOST_MESSAGES;
    }

    /** Real seconds after which the file goes back unless the agent calls, in preview. */
    public long secondsLeft() {
        return Math.max(0, campaign.modes().reading().toSeconds() - standing.readFor());
    }
}
