package fr.raccroche.sms;

import com.twilio.exception.TwilioException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Workers;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.Placement;
import fr.raccroche.telephony.TwilioConnection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;

/** Asks Twilio to send texts. */
@ApplicationScoped
class TwilioTexts {

    private final TwilioConnection twilio;
    private final Workers workers;
    private final PlatformConfig platform;

    TwilioTexts(TwilioConnection twilio, Workers workers, PlatformConfig platform) {
        this.twilio = twilio;
        this.workers = workers;
        this.platform = platform;
    }

    /**
     * Asks once for this text; what becomes of it is reported to its own address.
     *
     * @param validity how long the network may hold the text back
     */
    Uni<Placement> send(Messages.Outgoing text, Duration validity) {
        return workers.remote(() -> post(text, validity));
    }

    private Placement post(Messages.Outgoing text, Duration validity) {
        try {
            return Calls.taken(Message.creator(
                            new PhoneNumber(text.e164()), new PhoneNumber(text.sender()), text.body())
                    .setValidityPeriod((int) validity.toSeconds())
                    .setStatusCallback(URI.create(platform.at("/webhooks/twilio/sms/" + text.token() + "#rc=5&rp=all")))
                    .create(twilio.client())
                    .getSid());
        } catch (TwilioException e) {
            return Calls.failure(e);
        }
    }
}
