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
    String title();

    @Message
    String defaultScript();

    @Message
    String defaultText(String number);
}
