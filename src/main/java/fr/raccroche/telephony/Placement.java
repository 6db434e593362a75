package fr.raccroche.telephony;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of asking for a call. */
public sealed interface Placement {

    /** Twilio took it. */
    record Placed(String sid) implements Placement {}

    /** Twilio refused it, or was surely not reached ({@code code} null): nobody's phone rings. */
    record NotPlaced(@Nullable Integer code, int httpStatus) implements Placement {

        /** The account is closed, suspended, unknown or set up wrongly: no call to anybody would pass. */
        private static final Set<Integer> ABOUT_THE_ACCOUNT = Set.of(
                10001, 10002, 20002, 20003, 20005, 20006, 20008, 20404, 20429, 21205, 21212, 21213, 21218, 21220);

        /** Who we are, whether we may, where we ask, how often: never about one number. */
        private static final Set<Integer> STATUSES_ABOUT_THE_ACCOUNT = Set.of(0, 401, 403, 404, 405, 429);

        /** Refused with whatever status. */
        private static final Set<Integer> ABOUT_THE_NUMBER =
                Set.of(13224, 21201, 21202, 21210, 21211, 21214, 21216, 21217, 21219, 21610, 21612, 21614, 21635);

        /** The account may not call there, or nobody may. */
        private static final Set<Integer> FORBIDDEN = Set.of(13225, 13226, 13227, 21215);

        /** Whether the account lacks the permission to call this destination: no use in trying again. */
        public boolean isForbidden() {
            return code != null && FORBIDDEN.contains(code);
        }

        /**
         * Whether it was refused for account, credentials, limits or network, so that any other number would be refused, too.
         * What nobody named is about the number: one that is refused again and again stops nobody else's call.
         */
        public boolean isOurs() {
            return code == null
                    || ABOUT_THE_ACCOUNT.contains(code)
                    || isForbidden()
                    || (STATUSES_ABOUT_THE_ACCOUNT.contains(httpStatus) && !ABOUT_THE_NUMBER.contains(code));
        }

        /** Whether the account asked for too many calls, a second or at once (20429, 10004). */
        public boolean isTooFast() {
            return httpStatus == 429;
        }
    }

    /** It may ring or not: only Twilio's own record or a webhook can tell. */
    record InDoubt() implements Placement {}
}
