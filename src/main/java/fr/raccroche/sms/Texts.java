package fr.raccroche.sms;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.youth.KnownNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts to youths: queued here as a row before Twilio is asked, sent by the {@link Sender}. */
@ApplicationScoped
public class Texts {

    private final Outbox outbox;
    private final Messages messages;
    private final Tokens tokens;

    Texts(Outbox outbox, Messages messages, Tokens tokens) {
        this.outbox = outbox;
        this.messages = messages;
        this.tokens = tokens;
    }

    /**
     * Queues the one text of a youth, campaign and occasion; nudge {@link Outbox#SMS_TO_SEND} after the commit.
     *
     * @param body complete but for the personal link, which is made when the text leaves
     * @return whether it is new
     */
    public Uni<Boolean> queue(
            Sql sql, Campaign campaign, long youthId, String e164, String occasion, String body, Instant now) {
        return messages.add(sql, campaign.id(), youthId, e164, occasion, body, tokens.next(), now)
                .chain(id -> id == null
                        ? Uni.createFrom().item(false)
                        : outbox.put(sql, Outbox.SMS_TO_SEND, new ToSend(id)).replaceWith(true));
    }

    /** Texts that wait to be sent or to be due are not sent: the youth answered, or objected. */
    public Uni<Void> cancel(Sql sql, long youthId) {
        return messages.cancelWaiting(sql, List.of(youthId));
    }

    /**
     * A text that did not arrive.
     *
     * @param occasion null for texts of no occasion
     */
    public record Failed(
            long campaignId,
            long youthId,
            String e164,
            @Nullable String occasion,
            TextFailure why) {}

    /** Texts that failed since this was last asked, {@code most} at most: each is handed out once. */
    public Uni<List<Failed>> failed(Sql sql, int most) {
        return messages.failed(sql, most);
    }

    /** What a failure says about the number: that it takes no texts, or does not exist. */
    public Uni<Void> learn(Sql sql, Failed failed) {
        return switch (failed.why()) {
            case NO_TEXTS -> KnownNumbers.setWithoutTexts(sql, failed.e164());
            case NO_SUCH_NUMBER -> KnownNumbers.setOutOfService(sql, failed.e164());
            case OBJECTION, LATER, OURS, UNEXPLAINED -> Nothing.happens();
        };
    }
}
