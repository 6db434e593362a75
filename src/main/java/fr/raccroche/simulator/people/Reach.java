package fr.raccroche.simulator.people;

import java.time.LocalTime;

/** Probability, 0 to 1, that a ring is answered before 13:00, before 18:00, and later. */
public record Reach(double morning, double afternoon, double evening) {
    static final Reach NEVER = new Reach(0, 0, 0);

    double at(LocalTime time) {
        if (time.getHour() < 13) {
            return morning;
        }
        return time.getHour() < 18 ? afternoon : evening;
    }
}
