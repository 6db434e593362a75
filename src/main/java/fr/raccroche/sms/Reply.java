package fr.raccroche.sms;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a text from a youth says. Only clear words object, and only a clear request books a call; whatever else it is, a
 * person reads it before anything rings.
 *
 * @param notBefore the moment before which no phone rings, because the text names it; null when it names none
 */
public record Reply(Kind kind, @Nullable Instant notBefore) {

    /** What is to be done about a text. */
    public enum Kind {
        /** No more calls, no more texts. */
        OBJECTION,
        /** Please call, from {@link Reply#notBefore} on. */
        CALL,
        /** « Ok », « oui merci »: a call that was promised stands. */
        YES,
        /** A time is named, and no more is clear. */
        TIME,
        /** Another person than the one we look for has the number. */
        WRONG_PERSON,
        /** Written by the phone, not by its owner. */
        AUTOMATIC,
        /** An image or a sound without words. */
        PICTURE,
        /** Nothing at all. */
        EMPTY,
        UNCLEAR
    }

    private static final Pattern BY_THE_PHONE = Wording.pattern(
            "\\b(?:reponse|message|sms|repondeur|texto) auto(?:matique)?\\b|\\b(?:automatic|auto) (?:reply|response|message)\\b|\\bautoreply\\b"
                    + "|\\bautomatically\\b|\\bautomatiquement\\b|\\bout of office\\b|\\babsen(?:t|te|ce) du bureau\\b"
                    + "|\\bne pas deranger (?:est )?activ|\\bmode (?:conduite|avion|ne pas deranger|voiture)\\b"
                    + "|\\bi (?:m|am) (?:currently )?driving\\b|\\bdriving (?:right )?now\\b|\\bje suis actuellement (?:absente?|en conge|indisponible)\\b"
                    + "|^(?:a aime|a adore|a mis en evidence|a ri de|a mis un|a reagi|liked|loved|disliked|emphasized|laughed at|reacted|questioned)\\b");
    private static final Pattern AT_THE_WHEEL =
            Wording.pattern("\\b(?:je conduis|je suis au volant|en train de conduire)\\b");

    /**
     * Reads a text.
     *
     * @param media how many images or sounds came with it
     * @param optOut what Twilio itself made of it; null when nothing
     * @param now with the zone of who wrote it
     */
    static Reply to(String body, int media, @Nullable String optOut, ZonedDateTime now) {
        if ("STOP".equals(optOut)) {
            return new Reply(Kind.OBJECTION, null);
        }
        Wording text = Wording.of(body);
        if (body.isBlank()) {
            return new Reply(media > 0 ? Kind.PICTURE : Kind.EMPTY, null);
        }
        return optOut == null ? to(text, media, now) : new Reply(Kind.UNCLEAR, null);
    }

    private static Reply to(Wording text, int media, ZonedDateTime now) {
        if (text.has(BY_THE_PHONE)) {
            return new Reply(Kind.AUTOMATIC, null);
        }
        NamedTime time = NamedTime.in(text, now);
        Instant notBefore = time == null ? null : time.floor();
        if (Strangers.write(text)) {
            return new Reply(Kind.WRONG_PERSON, notBefore);
        }
        if (Objecting.isSaidBy(text)) {
            return new Reply(Kind.OBJECTION, null);
        }
        if (text.has(AT_THE_WHEEL)) {
            return new Reply(Kind.AUTOMATIC, notBefore);
        }
        if (media == 0 && (time == null ? Asking.forACall(text) : notBefore != null && Asking.forACallAt(text))) {
            return new Reply(Kind.CALL, notBefore);
        }
        if (media == 0 && Asking.saysYes(text)) {
            return new Reply(Kind.YES, null);
        }
        return new Reply(time == null ? Kind.UNCLEAR : Kind.TIME, notBefore);
    }

    /** Whether nothing rings before a person has read it. */
    boolean waits() {
        return kind != Kind.OBJECTION && kind != Kind.CALL;
    }
}
