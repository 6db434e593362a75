package fr.raccroche.platform;

import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The channels on which events leave, each by the name that the outbox has for it. */
@ApplicationScoped
class Channels {

    private static final String OUT = "-out";

    private final Map<String, MutinyEmitter<String>> emitters;

    Channels(
            @Channel(Outbox.CALLS_TO_PLACE + OUT) MutinyEmitter<String> callsToPlace,
            @Channel(Outbox.CALL_EVENTS + OUT) MutinyEmitter<String> callEvents,
            @Channel(Outbox.OUTCOMES + OUT) MutinyEmitter<String> outcomes,
            @Channel(Outbox.SMS_TO_SEND + OUT) MutinyEmitter<String> smsToSend,
            @Channel(Outbox.SMS_RECEIVED + OUT) MutinyEmitter<String> smsReceived,
            @Channel(Outbox.CAMPAIGNS_CLOSED + OUT) MutinyEmitter<String> campaignsClosed) {
        emitters = Map.of(
                Outbox.CALLS_TO_PLACE, callsToPlace,
                Outbox.CALL_EVENTS, callEvents,
                Outbox.OUTCOMES, outcomes,
                Outbox.SMS_TO_SEND, smsToSend,
                Outbox.SMS_RECEIVED, smsReceived,
                Outbox.CAMPAIGNS_CLOSED, campaignsClosed);
    }

    Map<String, MutinyEmitter<String>> emitters() {
        return emitters;
    }
}
