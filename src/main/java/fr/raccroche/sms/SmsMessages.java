package fr.raccroche.sms;

import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSettings.Setting;
import fr.raccroche.campaign.TextSettings.Unit;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page on which a campaign's messages are written; French in {@code messages/sms.properties}. */
@MessageBundle("sms")
public interface SmsMessages {

    @Message
    String title();

    @Message
    String intro();

    @Message
    String kind(TextKind kind);

    /** When it goes out, and what for. */
    @Message
    String when(TextKind kind);

    /** A template to begin with. */
    @Message
    String usual(TextKind kind);

    @Message
    String on();

    @Message
    String template();

    @Message
    String fields(String fields);

    @Message
    String preview();

    @Message
    String characters();

    @Message
    String segments();

    @Message
    String room();

    @Message
    String euros();

    @Message
    String forcing();

    @Message
    String whenTitle();

    @Message
    String fallbackAfter();

    @Message
    String fallbackAfterWhy();

    @Message
    String setting(Setting setting);

    @Message
    String tradeoff(Setting setting);

    @Message
    String unit(Unit unit);

    @Message
    String usually(int value);

    @Message
    String days();

    @Message
    String daysWhy();

    @Message
    String opens();

    @Message
    String closes();

    @Message
    String hoursWhy();

    @Message
    String service();

    @Message
    String serviceWhy();

    @Message
    String keep();

    @Message
    String back();

    @Message
    String closed();

    @Message
    String fared();

    @Message
    String faredNone();

    @Message
    String underWay();

    @Message
    String delivered();

    @Message
    String canceled();

    @Message
    String failure(TextFailure failure);

    @Message
    String filtered(int percent);
}
