package fr.raccroche.personal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param number to call, E.164
 * @param slots when a call can be chosen; none when no call is possible any more
 * @param callAt the call that was asked for; null for none
 */
record PersonalView(
        String firstName,
        String service,
        String number,
        List<Slots.Day> slots,
        @Nullable Instant callAt,
        boolean objected) {}
