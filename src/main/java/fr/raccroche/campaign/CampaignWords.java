package fr.raccroche.campaign;

import fr.raccroche.platform.Mistakes;
import fr.raccroche.youth.PublicText;
import java.util.Optional;

/** Whatever of a campaign a youth reads or hears, before it is kept; each text under the name of its field. */
public final class CampaignWords {

    private static final String REASON_IN_SCRIPT =
            "Ce que l'agent lit ne doit pas contenir ce mot : un jeune ou un parent pourrait l'entendre.";
    private static final int LONGEST_SERVICE = 60;

    private CampaignWords() {}

    /** What an agent reads to a youth, what is written, and what is said. */
    static Mistakes mistakes(Campaign campaign) {
        Mistakes mistakes = ofTexts(campaign.texts());
        mistakes.addAll(ofModes(campaign.modes()));
        mistakes.addAll(ofNameAndScript(campaign));
        return mistakes;
    }

    /** What structures read, and what an agent reads aloud. */
    static Mistakes ofNameAndScript(Campaign campaign) {
        var mistakes = new Mistakes();
        ofName(campaign.name()).ifPresent(why -> mistakes.add("name", why));
        ofScript(campaign.script()).ifPresent(why -> mistakes.add("script", why));
        return mistakes;
    }

    /** What structures read over their lists. */
    static Optional<String> ofName(String name) {
        return Optional.of("Les structures lisent ce nom : il ne doit pas dire pourquoi l'on appelle.")
                .filter(why -> new PublicText(name).tellsTheReason());
    }

    /** What an agent reads to a youth. */
    static Optional<String> ofScript(String script) {
        return Optional.of(REASON_IN_SCRIPT).filter(why -> new PublicText(script).tellsTheReason());
    }

    /** What is written. */
    public static Mistakes ofTexts(TextSettings texts) {
        var mistakes = new Mistakes();
        for (TextKind kind : TextKind.values()) {
            texts.template(kind).refusal(kind, texts.isOn(kind)).ifPresent(why -> mistakes.add("text-" + kind, why));
        }
        String service = texts.service();
        if (service.isBlank() || service.length() > LONGEST_SERVICE || service.matches("(?s).*[{}\\n].*")) {
            mistakes.add("service", "Dites qui écrit, en 60 caractères au plus.");
        } else {
            new PublicText(service).refusedAsSpoken().ifPresent(why -> mistakes.add("service", why));
        }
        return mistakes;
    }

    /** What is said where no agent talks. */
    static Mistakes ofModes(ModeSettings modes) {
        var mistakes = new Mistakes();
        new PublicText(modes.voicemail()).refusedAsSpoken().ifPresent(why -> mistakes.add("voicemail", why));
        new PublicText(modes.nobody()).refusedAsSpoken().ifPresent(why -> mistakes.add("nobody", why));
        return mistakes;
    }
}
