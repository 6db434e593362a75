package fr.raccroche.youth;

import java.time.Instant;

/**
 * A number under which a youth may be reached (R10): whose it is, what is known about it, since when and from where.
 *
 * @param e164 {@code +} and digits
 * @param rank order in which to try the numbers of one youth, from 1
 * @param mobile whether it may receive a text message
 * @param source where it comes from, for instance the name of a list
 * @param since when the state was learnt
 */
public record PhoneNumber(
        long id,
        String e164,
        NumberOwner owner,
        int rank,
        boolean mobile,
        NumberState state,
        String source,
        Instant since) {}
