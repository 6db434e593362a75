package fr.raccroche.simulator;

/** What came back; status 0 means nothing did, and the body then says why. */
record WebhookAnswer(int status, String body) {
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
