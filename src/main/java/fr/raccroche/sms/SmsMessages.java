package fr.raccroche.sms;

import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSetting;
import io.quarkus.qute.i18n.MessageBundle;

/** Names of texts, of what is set for them and of failures; French in {@code messages/sms.properties}. */
@MessageBundle("sms")
public interface SmsMessages {

    String kind(TextKind kind);

    /** When it goes out, and what for. */
    String when(TextKind kind);

    String setting(TextSetting setting);

    String tradeoff(TextSetting setting);

    String failure(TextFailure failure);
}
