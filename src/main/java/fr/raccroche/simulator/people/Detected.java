package fr.raccroche.simulator.people;

import java.time.Duration;

/** What answering-machine detection says, and after how long. */
public record Detected(String answeredBy, Duration after) {

    private static final double MACHINE_TAKEN_FOR_A_PERSON = 0.04;
    private static final double PERSON_TAKEN_FOR_A_MACHINE = 0.02;
    private static final double GIVES_UP = 0.02;
    private static final double ENDS_WITHOUT_A_BEEP = 0.2;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /**
     * Right most of the time.
     *
     * @param messageEnd whether the end of a machine's greeting is waited for
     */
    static Detected by(Dice dice, Speaker speaker, boolean messageEnd) {
        if (dice.roll("detection gives up") < GIVES_UP) {
            return new Detected("unknown", LONGEST);
        }
        boolean machine = speaker == Speaker.VOICEMAIL
                ? dice.roll("detection") >= MACHINE_TAKEN_FOR_A_PERSON
                : dice.roll("detection") < PERSON_TAKEN_FOR_A_MACHINE;
        if (!machine) {
            return new Detected("human", Duration.ofMillis((long) (2_400 + 1_500 * dice.roll("detection time"))));
        }
        if (!messageEnd) {
            return new Detected(
                    "machine_start", Duration.ofMillis((long) (3_500 + 1_500 * dice.roll("detection time"))));
        }
        boolean beep = dice.roll("beep") >= ENDS_WITHOUT_A_BEEP;
        return new Detected(beep ? "machine_end_beep" : "machine_end_silence", Duration.ofMillis((long)
                (8_000 + 6_000 * dice.roll("detection time"))));
    }
}
