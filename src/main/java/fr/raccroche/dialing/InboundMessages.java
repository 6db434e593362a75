package fr.raccroche.dialing;

import io.quarkus.qute.i18n.MessageBundle;

/** What a caller hears, and the pages about calls that came in; French in {@code messages/inbound.properties}. */
@MessageBundle("inbound")
interface InboundMessages {

    /** First words to somebody for whom an agent may be free in a moment. */
    String welcome();
    String patience();
    String busy();
    String closed(String hours);
    String noCampaign();

    /** What the keys do, for somebody who may be called back. */
    String keys();

    /** Asks for a message after the signal. */
    String speak();
    String calledBack();
    String heard();
    String goodbye();

    /** For somebody with whom nobody can talk, and whom nobody can call back. */
    String later();
}
