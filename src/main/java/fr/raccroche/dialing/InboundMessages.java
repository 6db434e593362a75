package fr.raccroche.dialing;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What a caller hears, and the pages about calls that came in; French in {@code messages/inbound.properties}. */
@MessageBundle("inbound")
interface InboundMessages {

    /** First words to somebody for whom an agent may be free in a moment. */
    @Message
    String welcome();

    @Message
    String patience();

    @Message
    String busy();

    @Message
    String closed(String hours);

    @Message
    String noCampaign();

    /** What the keys do, for somebody who may be called back. */
    @Message
    String keys();

    /** Asks for a message after the signal. */
    @Message
    String speak();

    @Message
    String calledBack();

    @Message
    String heard();

    @Message
    String goodbye();

    /** For somebody with whom nobody can talk, and whom nobody can call back. */
    @Message
    String later();

    @Message
    String messages();

    @Message
    String messagesWhy();

    @Message
    String noMessage();

    @Message
    String when();

    @Message
    String number();

    @Message
    String hidden();

    @Message
    String files();

    @Message
    String recording();

    @Message
    String handled();

    /** Both kinds of messages. */
    @Message
    String received();

    @Message
    String texts();

    @Message
    String textsWhy();

    @Message
    String noText();

    @Message
    String text();

    /** Nobody has the number of a text. */
    @Message
    String nobody();

    @Message
    String noticed();

    @Message
    String moreTexts(int shown);
}
