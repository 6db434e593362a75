package fr.raccroche.campaign;

import java.time.LocalTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What the ledger taught about reaching people: how often a person spoke, by hour of the day, by how often the youth had
 * been tried before, and by kind of number.
 */
public record ContactRates(List<Cell> cells) {

    /** Before anything is known every part of the day is as good as another. */
    public static final ContactRates NONE = new ContactRates(List.of());

    /**
     * Attempts alike.
     *
     * @param hour of the day at which they rang, Europe/Paris
     * @param n which attempt it was for the youth, from 1
     * @param reached in how many of them a person spoke
     */
    public record Cell(int hour, int n, boolean mobile, long tried, long reached) {}

    public ContactRates {
        cells = List.copyOf(cells);
    }

    /** The chance of reaching somebody by the {@code n}th attempt, in each part of the day. */
    public ToDoubleFunction<DayPart> chance(PlanSettings settings, int n, boolean mobile) {
        return part -> chance(settings, part, n, mobile);
    }

    /**
     * (s + m·p) / (n + m): the rate of attempts just like this one, drawn towards the part's rate p, which in turn is
     * drawn towards the rate of all, so that few attempts say little.
     */
    private double chance(PlanSettings settings, DayPart part, int n, boolean mobile) {
        int m = settings.get(PlanSetting.SMOOTHING);
        Predicate<Cell> inPart = cell -> settings.partOf(LocalTime.of(cell.hour(), 30)) == part;
        double all = smoothed(cell -> true, 2, 0.5);
        double ofPart = smoothed(inPart, m, all);
        return smoothed(inPart.and(cell -> band(cell.n()) == band(n) && cell.mobile() == mobile), m, ofPart);
    }

    private double smoothed(Predicate<Cell> like, int weight, double expected) {
        long tried = 0;
        long reached = 0;
        for (Cell cell : cells) {
            if (like.test(cell)) {
                tried += cell.tried();
                reached += cell.reached();
            }
        }
        return (reached + weight * expected) / (tried + weight);
    }

    /** First, second and third, fourth to sixth, later. */
    private static int band(int n) {
        return n <= 1 ? 0 : n <= 3 ? 1 : n <= 6 ? 2 : 3;
    }
}
