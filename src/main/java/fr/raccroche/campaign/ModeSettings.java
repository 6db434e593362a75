package fr.raccroche.campaign;

import fr.raccroche.platform.French;
import fr.raccroche.youth.YouthMessages;
import java.time.Duration;
import java.util.ResourceBundle;

/**
 * How a call of a campaign is conducted. An empty text stands for the product's, which names the number shown.
 *
 * @param reading how long, real time, an agent may read a file before it goes back, in {@link Campaign.Mode#PREVIEW}
 * @param detection whether Twilio finds out beside the call if a machine answered
 * @param voicemail what is said on a voicemail
 * @param nobody what a youth hears who answered and with whom no agent can talk
 * @param target share of answered calls that may be without an agent, in {@link Campaign.Mode#BURST}; 0 to 0.03
 */
public record ModeSettings(Duration reading, boolean detection, String voicemail, String nobody, double target) {

    static final Duration SHORTEST_READING = Duration.ofSeconds(15);
    static final Duration LONGEST_READING = Duration.ofMinutes(10);

    /** The ceiling of 16 CFR 310.4(b)(4); French law names no share that would be tolerated. */
    static final double HIGHEST_TARGET = 0.03;

    /** The settings of a campaign that says nothing. */
    public static final ModeSettings DEFAULT = new ModeSettings(Duration.ofSeconds(60), true, "", "", 0);

    /** What is left on a voicemail if the campaign has no words of its own. */
    static String usualVoicemail(String number) {
        return reviewed("voicemail", number);
    }

    /** What a youth hears with whom no agent can talk, if the campaign has no words of its own. */
    static String usualNobody(String number) {
        return reviewed("nobody", number);
    }

    /** From the file of {@link YouthMessages}, which only a running application can read by its methods. */
    private static String reviewed(String key, String number) {
        return ResourceBundle.getBundle("messages/youth").getString(key).replace("{number}", French.phone(number));
    }
}
