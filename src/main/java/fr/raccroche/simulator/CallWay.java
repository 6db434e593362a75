package fr.raccroche.simulator;

/** Which way a leg goes. */
enum CallWay {
    /** The account asked for it. */
    PLACED("outbound-api"),
    /** Another leg's TwiML dials it. */
    DIALED("outbound-dial"),
    /** A softphone or a person rings the account. */
    INCOMING("inbound");

    final String text;

    CallWay(String text) {
        this.text = text;
    }
}
