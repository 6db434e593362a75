package fr.raccroche.simulator;

enum ConferenceStatus {
    INIT("init"),
    IN_PROGRESS("in-progress"),
    COMPLETED("completed");

    final String text;

    ConferenceStatus(String text) {
        this.text = text;
    }
}
