package fr.raccroche.simulator.people;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of the texts to people's phones, and what those people answer. */
public final class Inboxes {

    /** Few write just the one word. */
    private static final List<String> NOES = List.of(
            "Arrêtez de m'envoyer des messages",
            "ne mapelez plu",
            "STOP",
            "Je ne souhaite plus être contacté",
            "Retirez-moi de votre liste svp",
            "Bonjour, stop",
            "lâchez-moi 😡",
            "STOP PUB");

    private static final List<TextReply> ANYTHING = List.of(
            new TextReply("Bonjour, je peux parler demain après 17h", TextReply.Meaning.TOMORROW_AFTER_FIVE),
            new TextReply("C'est qui ?", TextReply.Meaning.ANYTHING),
            new TextReply("C'est bon je suis en apprentissage merci", TextReply.Meaning.ANYTHING),
            new TextReply("Vous pouvez rappeler mercredi ?", TextReply.Meaning.WEDNESDAY),
            new TextReply("pas avant 17h svp", TextReply.Meaning.NOT_BEFORE_FIVE),
            new TextReply("Je suis en cours jusqu'à 17h, rappelez après", TextReply.Meaning.NOT_BEFORE_FIVE),
            new TextReply("dans 2h", TextReply.Meaning.IN_TWO_HOURS),
            new TextReply("Je conduis. (Réponse automatique)", TextReply.Meaning.ANYTHING),
            new TextReply("rappelez-moi demain à 15h", TextReply.Meaning.TOMORROW_AFTER_THREE),
            new TextReply("ok rappelez moi", TextReply.Meaning.ANYTHING));

    private final PhoneBook book;
    private final long seed;
    private final Set<String> texted = new HashSet<>();

    Inboxes(PhoneBook book, long seed) {
        this.book = book;
        this.seed = seed;
    }

    /**
     * Twilio's code for a text that does not arrive, 0 when it does: a number that no longer exists, or that its operator
     * does not reach, a phone that is off, and now and then a filter.
     *
     * @param earlierTexts how many went to this number before; a phone that was off may be on again
     */
    public int error(String number, int earlierTexts) {
        @Nullable Line line = book.line(number);
        if (line == null) {
            return 0;
        }
        double draw = new Dice(seed, number, earlierTexts).roll("text error");
        return switch (line.condition()) {
            case NOT_IN_SERVICE -> new Dice(seed, number, 0).roll("text error") < 0.7 ? 30005 : 30006;
            case NOBODY -> draw < 0.6 ? 30003 : 0;
            case WORKS, WRONG_PERSON, ALWAYS_VOICEMAIL -> draw < 0.01 ? 30007 : draw < 0.015 ? 30008 : 0;
        };
    }

    /** The reply to the first text a number gets, if its owner is one who replies. */
    public Optional<TextReply> reply(String number) {
        if (!texted.add(number)) {
            return Optional.empty();
        }
        List<Persona> owners = book.owners(number);
        // a shared phone stays silent: nobody could say for whom it spoke
        return owners.size() == 1 ? wording(owners.getFirst()) : Optional.empty();
    }

    /** How long whoever replies takes to write. */
    public Duration replyDelay(String number) {
        return Duration.ofSeconds((long) (60 + 2_000 * new Dice(seed, number, 0).roll("text")));
    }

    private static Optional<TextReply> wording(Persona persona) {
        return switch (persona.texting()) {
            case SILENT -> Optional.empty();
            case STOP -> Optional.of(new TextReply(one(persona, NOES), TextReply.Meaning.NO));
            case FREE_TEXT -> Optional.of(one(persona, ANYTHING));
        };
    }

    private static <T> T one(Persona persona, List<T> texts) {
        return texts.get(Math.floorMod(persona.identity().ine().hashCode(), texts.size()));
    }
}
