package fr.raccroche.platform;

import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;

/** Working days of metropolitan France and the zone in which campaigns live. */
public final class FrenchCalendar {

    /** The zone of calling hours, deadlines and everything shown. */
    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final HolidayManager HOLIDAYS =
            HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.FRANCE));

    private FrenchCalendar() {}

    /** Whether {@code day} is a public holiday everywhere in metropolitan France. */
    public static boolean isPublicHoliday(LocalDate day) {
        return HOLIDAYS.isHoliday(day);
    }

    /** Monday to Friday, public holidays excepted. */
    public static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !isPublicHoliday(day);
    }
}
