package fr.raccroche.dialing;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The prefixes that this installation may call. Whoever slips a number into a list must not make us call a premium line
 * at the other end of the world: what is not allowed here is never dialled, whatever Twilio's own settings are.
 */
public record Prefixes(List<String> allowed) {

    private static final Pattern PREFIX = Pattern.compile("\\+[1-9]\\d{0,8}");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{6,14}");

    /** French country codes and how many digits follow; elsewhere the length is the operator's business. */
    private static final Pattern FRENCH =
            Pattern.compile("\\+33[1-9]\\d{8}|\\+(?:262|590|594|596)\\d{9}|\\+(?:508|681|687|689)\\d{6,8}");

    private static final Pattern FRENCH_CODE = Pattern.compile("\\+(?:33|262|508|590|594|596|681|687|689)\\d*");

    /** 08: special tariffs and services; only who names them on purpose calls them. */
    private static final String PREMIUM = "+338";

    /** @throws IllegalArgumentException when one is not {@code +} and digits */
    public Prefixes {
        allowed = List.copyOf(allowed);
        for (String prefix : allowed) {
            if (!PREFIX.matcher(prefix).matches()) {
                throw new IllegalArgumentException("Not a prefix such as +33: " + prefix);
            }
        }
    }

    /** Whether {@code e164} may be called. */
    public boolean allow(String e164) {
        return NUMBER.matcher(e164).matches()
                && (!FRENCH_CODE.matcher(e164).matches() || FRENCH.matcher(e164).matches())
                && allowed.stream()
                        .anyMatch(prefix ->
                                e164.startsWith(prefix) && (!e164.startsWith(PREMIUM) || prefix.startsWith(PREMIUM)));
    }
}
