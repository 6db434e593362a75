package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.dialing.Attempt;
import fr.raccroche.queue.NoOf;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The outcome form as sent; texts that are empty count as absent. */
public record OutcomeForm(
        @FormParam("attemptId") long attemptId,
        @FormParam("actionId") @DefaultValue("") String actionId,
        @FormParam("outcome") @Nullable String outcome,
        @FormParam("solution") @Nullable String solution,
        @FormParam("structureKind") @Nullable String structureKind,
        @FormParam("agreedBy") @Nullable String agreedBy,
        @FormParam("callbackAt") @Nullable String callbackAt,
        @FormParam("callbackMine") @Nullable String callbackMine,
        @FormParam("note") @Nullable String note,
        @FormParam("next") @Nullable String next,
        @FormParam("noOf") @Nullable String noOf) {

    /** The form of an agent who leaves a message on the voicemail that answered, with what they noted before. */
    static OutcomeForm ofMessage(long attemptId, String actionId, @Nullable String note) {
        return new OutcomeForm(
                attemptId, actionId, Outcome.VOICEMAIL.name(), null, null, null, null, null, note, null, null);
    }

    /** What is recorded of an attempt, as a form to correct it. */
    static OutcomeForm of(long attemptId, Answer said) {
        return new OutcomeForm(
                attemptId,
                "",
                said.outcome().name(),
                name(said.solution()),
                name(said.structureKind()),
                name(said.agreedBy()),
                said.callbackAt() == null
                        ? null
                        : said.callbackAt().atZone(PARIS).toLocalDateTime().toString(),
                said.callbackMine() ? "yes" : null,
                said.note(),
                null,
                null);
    }

    private static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    /** A form whose fields came by name. */
    static OutcomeForm of(long attemptId, MultivaluedMap<String, String> fields) {
        return new OutcomeForm(
                attemptId,
                "",
                fields.getFirst("outcome"),
                fields.getFirst("solution"),
                fields.getFirst("structureKind"),
                fields.getFirst("agreedBy"),
                fields.getFirst("callbackAt"),
                fields.getFirst("callbackMine"),
                fields.getFirst("note"),
                null,
                fields.getFirst("noOf"));
    }

    /** Whether this is the attempt that the agent had before them. */
    boolean isAbout(Attempt attempt) {
        return attempt.id() == attemptId && attempt.actionId().equals(actionId);
    }

    /** Whose no an objection is: the youth's, unless the agent says otherwise. */
    NoOf whoseNo() {
        return Stream.of(NoOf.values())
                .filter(of -> of.name().equals(noOf))
                .findFirst()
                .orElse(NoOf.YOUTH);
    }

    /** Whether the agent wants a pause after this call. */
    boolean pauses() {
        return "PAUSED".equals(next);
    }
}
