package fr.raccroche.queue;

import fr.raccroche.platform.Sql;
import fr.raccroche.youth.Rest;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Telephones;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A no, wherever it was said: whom it is of, and which telephones rest with it. A person objects; a telephone that several
 * are listed under, or somebody else than the youth, says no for itself only, and a supervisor decides about the youths.
 */
public final class Noes {

    /** A family that said no about one of them hears nothing from us for so long. */
    static final Duration QUIET = Duration.ofDays(1);

    private Noes() {}

    /**
     * Somebody on this telephone said no without a voice: in a text, or to the network. The one youth whose own number it is
     * objects; everybody else waits for a supervisor.
     *
     * @return the youths who object, none or one
     */
    public static Uni<List<Long>> byText(Sql sql, String e164, RestReason reason, String words, Instant now) {
        return Telephones.rest(sql, e164, Rest.untilDecided(reason).saying(words), now)
                .chain(() -> Youths.onTheirOwn(sql, e164))
                .chain(owner -> owner == null
                        ? Uni.createFrom().item(List.<Long>of())
                        : object(sql, owner, Youths.Channel.SMS, now).replaceWith(List.of(owner)));
    }

    /** An agent heard a no on this telephone. */
    public static Uni<Void> onThePhone(Sql sql, NoOf of, long youthId, String e164, long agentId, Instant now) {
        Uni<Void> number = Telephones.rest(
                sql, e164, Rest.untilDecided(RestReason.NO_ON_THE_PHONE).by(agentId), now);
        return switch (of) {
            case NUMBER -> number;
            case YOUTH ->
                quiet(sql, youthId, RestReason.NO_ON_THE_PHONE, now)
                        .chain(() -> object(sql, youthId, Youths.Channel.CALL, now));
            case BOTH ->
                quiet(sql, youthId, RestReason.NO_ON_THE_PHONE, now)
                        .chain(() -> number)
                        .chain(() -> object(sql, youthId, Youths.Channel.CALL, now));
        };
    }

    /** The youth said no on their page. */
    public static Uni<Void> onThePage(Sql sql, long youthId, Instant now) {
        return quiet(sql, youthId, RestReason.NO_ON_THE_PAGE, now)
                .chain(() -> object(sql, youthId, Youths.Channel.OTHER, now));
    }

    /** A supervisor decides that a no on a telephone is this youth's, too. */
    public static Uni<Void> decided(Sql sql, long youthId, Instant now) {
        return object(sql, youthId, Youths.Channel.OTHER, now);
    }

    /** A no that was recorded by mistake is taken back, with the rest of the telephones that it brought. */
    public static Uni<Boolean> lift(Sql sql, long youthId, long account, String why, Instant now) {
        return Telephones.releaseWith(sql, youthId, account, why, now)
                .chain(() -> Youths.liftObjection(sql, youthId, account, why, now));
    }

    private static Uni<Void> object(Sql sql, long youthId, Youths.Channel channel, Instant now) {
        return Youths.object(sql, youthId, channel, now).chain(() -> Places.leaveObjecting(sql, youthId, now));
    }

    /**
     * The telephones of somebody who objects rest: those that nobody shares until somebody decides, so that no other list
     * brings them back under another name; those of a family for a while.
     */
    private static Uni<Void> quiet(Sql sql, long youthId, RestReason reason, Instant now) {
        Rest quiet = Rest.until(now.plus(QUIET), RestReason.NO_OF_ONE);
        return Telephones.restAllOf(sql, youthId, false, Rest.untilDecided(reason), now)
                .chain(() -> Telephones.restAllOf(sql, youthId, true, quiet, now));
    }
}
