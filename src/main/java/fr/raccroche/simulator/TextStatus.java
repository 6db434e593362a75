package fr.raccroche.simulator;

enum TextStatus {
    QUEUED("queued"),
    SENT("sent"),
    DELIVERED("delivered"),
    UNDELIVERED("undelivered"),
    FAILED("failed"),
    RECEIVED("received");

    final String text;

    TextStatus(String text) {
        this.text = text;
    }
}
