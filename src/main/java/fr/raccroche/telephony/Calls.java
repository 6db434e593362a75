package fr.raccroche.telephony;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.type.PhoneNumber;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Workers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls at Twilio: each is asked for once. Every method works on a worker thread and answers on the caller's context.
 */
@ApplicationScoped
public class Calls {

    /** Somebody is on the line: asked three times, and within eight seconds whoever answers hears at least an apology. */
    private static final String SOON = "#rc=2&rp=all&rt=4000&tt=8000";

    private final TwilioConnection twilio;
    private final TwilioConfig config;
    private final Workers workers;
    private final PlatformConfig platform;

    Calls(TwilioConnection twilio, TwilioConfig config, PlatformConfig platform, Workers workers) {
        this.twilio = twilio;
        this.config = config;
        this.workers = workers;
        this.platform = platform;
    }

    /** Asks Twilio once to ring {@code order.to()}; never asks again by itself. */
    public Uni<Placement> place(CallOrder order) {
        return workers.remote(() -> {
            try {
                return taken(create(order).getSid());
            } catch (TwilioException e) {
                return failure(e);
            }
        });
    }

    /** An answer without a SID, a redirect for example, leaves everything open. */
    public static Placement taken(@Nullable String sid) {
        return sid == null ? new Placement.InDoubt() : new Placement.Placed(sid);
    }

    private Call create(CallOrder order) {
        String reports = platform.at("/webhooks/twilio/call/" + order.token());
        CallCreator call = Call.creator(
                        new PhoneNumber(order.to()),
                        new PhoneNumber(order.from()),
                        URI.create(platform.at("/webhooks/twilio/answer/" + order.token() + SOON)))
                .setMethod(HttpMethod.POST)
                .setFallbackUrl(URI.create(platform.at("/webhooks/twilio/apology#rc=2&rp=all")))
                .setFallbackMethod(HttpMethod.POST)
                .setStatusCallback(URI.create(reports + "#rc=5&rp=all"))
                .setStatusCallbackMethod(HttpMethod.POST)
                .setStatusCallbackEvent(List.of("ringing", "answered", "completed"))
                .setTimeout((int) config.ringTime().toSeconds())
                .setTimeLimit((int) config.longestCall().toSeconds());
        if (order.detection()) {
            call.setMachineDetection("Enable")
                    .setAsyncAmd("true")
                    .setAsyncAmdStatusCallback(URI.create(reports + "/answered-by#rc=5&rp=all"))
                    .setAsyncAmdStatusCallbackMethod(HttpMethod.POST);
        }
        return call.create(twilio.client());
    }

    /** Sorts a failed request into surely refused and in doubt. */
    public static Placement failure(TwilioException failure) {
        if (failure instanceof ApiException api
                && api.getStatusCode() != null
                && api.getStatusCode() >= 400
                && api.getStatusCode() < 500) {
            return new Placement.NotPlaced(api.getCode(), api.getStatusCode());
        }
        return wasNeverSent(failure) ? new Placement.NotPlaced(null, 0) : new Placement.InDoubt();
    }

    private static boolean wasNeverSent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof ConnectTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return true;
            }
        }
        return false;
    }

    /** The calls from {@code from} to {@code to} that Twilio created since {@code since}. */
    public Uni<List<CallRecord>> between(String from, String to, Instant since) {
        return workers.remote(() -> {
            var calls = Call.reader()
                    .setFrom(from)
                    .setTo(to)
                    .setStartTimeAfter(since.atZone(ZoneOffset.UTC))
                    .setPageSize(50L)
                    .read(twilio.client());
            return StreamSupport.stream(calls.spliterator(), false)
                    .map(Calls::read)
                    .toList();
        });
    }

    /** The state of a call, or null when Twilio does not know it; fails when Twilio does not answer. */
    public Uni<@Nullable CallRecord> fetch(String sid) {
        return workers.remote(() -> {
            try {
                return read(Call.fetcher(sid).fetch(twilio.client()));
            } catch (ApiException e) {
                if (Objects.equals(e.getStatusCode(), 404)) {
                    return null;
                }
                throw e;
            }
        });
    }

    /** Ends a call, whether it rings or talks; a call already over is fine. */
    public Uni<Void> hangUp(String sid) {
        return end(sid, Call.UpdateStatus.COMPLETED);
    }

    /** Takes a call back that waits or rings; one that was answered meanwhile goes on. */
    public Uni<Void> cancel(String sid) {
        return end(sid, Call.UpdateStatus.CANCELED);
    }

    private Uni<Void> end(String sid, Call.UpdateStatus how) {
        return workers.remote(() -> {
                    Call.updater(sid).setStatus(how).update(twilio.client());
                    return sid;
                })
                .onFailure(TwilioException.class)
                .recoverWithItem(sid)
                .replaceWithVoid();
    }

    /** Says what {@code twiml} holds on a call under way and ends it; false when Twilio did not take that on. */
    public Uni<Boolean> sayAndHangUp(String sid, String twiml) {
        return workers.remote(() -> {
                    Call.updater(sid).setTwiml(new com.twilio.type.Twiml(twiml)).update(twilio.client());
                    return true;
                })
                .onFailure(TwilioException.class)
                .recoverWithItem(false);
    }

    /** Whether Twilio answers and knows us. */
    public Uni<Boolean> isReachable() {
        return workers.remote(() -> {
                    Call.reader().setPageSize(1L).firstPage(twilio.client());
                    return true;
                })
                .onFailure(TwilioException.class)
                .recoverWithItem(false);
    }

    private static CallRecord read(Call call) {
        String seconds = call.getDuration();
        return new CallRecord(
                call.getSid(),
                CallStatus.of(call.getStatus().toString()),
                seconds == null || seconds.isEmpty() ? null : Integer.valueOf(seconds),
                call.getStartTime() != null);
    }
}
