package fr.raccroche.inbound;

import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Noes;
import fr.raccroche.sms.LastTexts;
import fr.raccroche.youth.Rest;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Telephones;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** What somebody decides who has read a text. Until then nothing rings under its number. */
public enum TextDecision {
    /** Calls go on, not before the hour that the text names. */
    READ,
    /** Calls go on at once. */
    CALL,
    /** It was a no. */
    OBJECTION,
    /** Somebody else has the number. */
    WRONG_PERSON;

    /** Does what was decided, in the caller's transaction; done again, nothing changes. */
    Uni<Void> take(Sql sql, LastTexts.Came text, long account, Instant now) {
        return switch (this) {
            case READ -> Nothing.happens();
            case CALL -> LastTexts.forgetTime(sql, text.e164());
            case OBJECTION ->
                Noes.byText(sql, text.e164(), RestReason.STOP_BY_TEXT, text.body(), now)
                        .replaceWithVoid();
            case WRONG_PERSON ->
                Telephones.rest(
                        sql,
                        text.e164(),
                        Rest.untilDecided(RestReason.WRONG_BY_TEXT).by(account).saying(text.body()),
                        now);
        };
    }
}
