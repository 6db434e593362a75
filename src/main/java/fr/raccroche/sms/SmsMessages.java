package fr.raccroche.sms;

import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSettings.Setting;
import fr.raccroche.campaign.TextSettings.Unit;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page on which a campaign's messages are written; French in {@code messages/sms.properties}. */
@MessageBundle("sms")
public interface SmsMessages {

    String kind(TextKind kind);

    /** When it goes out, and what for. */
    String when(TextKind kind);

    /** A template to begin with. */
    String usual(TextKind kind);
    String setting(Setting setting);
    String tradeoff(Setting setting);
    String unit(Unit unit);
    String failure(TextFailure failure);
}
