package fr.raccroche.youth;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import java.time.ZoneId;
import java.util.Map;

/** Where a number is at home, as its digits tell, and what time is kept there. */
public final class NumberPlace {

    /** French numbers overseas; those of the Pacific are never awake during our hours. Réunion and Mayotte keep one time. */
    private static final Map<String, ZoneId> OVERSEAS = Map.of(
            "+262", ZoneId.of("Indian/Reunion"),
            "+508", ZoneId.of("America/Miquelon"),
            "+590", ZoneId.of("America/Guadeloupe"),
            "+594", ZoneId.of("America/Cayenne"),
            "+596", ZoneId.of("America/Martinique"));

    /** Numbers of no département that are given out in Réunion and Mayotte only. */
    private static final String INDIAN_OCEAN = "+33976";

    private NumberPlace() {}

    /** The time that is kept where {@code e164} is at home; that of Paris unless it is known better. */
    public static ZoneId zone(String e164) {
        return e164.startsWith(INDIAN_OCEAN)
                ? ZoneId.of("Indian/Reunion")
                : OVERSEAS.getOrDefault(e164.substring(0, Math.min(4, e164.length())), PARIS);
    }
}
