package fr.raccroche.campaign;

import java.util.Locale;

/**
 * Calls of ours that a person answered, and those among them who were not with an agent within two seconds.
 *
 * @param answered what an agent called a voicemail is no person
 */
public record Abandonment(long answered, long abandoned) {

    /** Share of the answered calls, as the FTC counts it; 0 when none was answered. */
    public double rate() {
        return answered == 0 ? 0 : (double) abandoned / answered;
    }

    /** "0,4 %" */
    public String shown() {
        return String.format(Locale.FRENCH, "%.1f\u00a0%%", rate() * 100);
    }
}
