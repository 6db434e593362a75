package fr.raccroche.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One SMS; touched only in turns of the timeline. */
final class Text {

    final String sid;
    final String from;
    final String to;
    final String body;
    final @Nullable String statusCallback;
    final Instant created;
    final boolean inbound;

    TextStatus status;
    Instant updated;

    @Nullable
    Instant sent;

    int errorCode;

    Text(
            String sid,
            String from,
            String to,
            String body,
            @Nullable String statusCallback,
            Instant now,
            boolean inbound) {
        this.sid = sid;
        this.from = from;
        this.to = to;
        this.body = body;
        this.statusCallback = statusCallback;
        this.created = now;
        this.updated = now;
        this.inbound = inbound;
        this.status = inbound ? TextStatus.RECEIVED : TextStatus.QUEUED;
    }
}
