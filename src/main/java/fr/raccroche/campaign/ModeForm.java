package fr.raccroche.campaign;

import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How calls are conducted, as a form: what it shows, and what it makes of what a supervisor typed. */
record ModeForm(Campaign campaign, BurstBound burst) {

    private static final int LONGEST_TEXT = 400;

    private static final String TOO_LONG = "Ce message dépasse " + LONGEST_TEXT + " caractères.";

    public List<Campaign.Mode> modes() {
        return List.of(Campaign.Mode.values());
    }

    public long reading() {
        return campaign.modes().reading().toSeconds();
    }

    public long shortest() {
        return ModeSettings.SHORTEST_READING.toSeconds();
    }

    public long longest() {
        return ModeSettings.LONGEST_READING.toSeconds();
    }

    public int usual() {
        return (int) ModeSettings.DEFAULT.reading().toSeconds();
    }

    /** "0,5" */
    public String target() {
        return decimal(campaign.modes().target() * 100);
    }

    /** "3" */
    public String highestTarget() {
        return decimal(ModeSettings.HIGHEST_TARGET * 100);
    }

    /** The answer rate that is reckoned with: "21,4 %". */
    public String answerLimit() {
        return decimal(burst.limit() * 100) + "\u00a0%";
    }

    private static String decimal(double value) {
        return new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.FRENCH)).format(value);
    }

    public int longestText() {
        return LONGEST_TEXT;
    }

    /** A closed campaign shows its settings and takes no changes. */
    public boolean editable() {
        return campaign.state() != Campaign.State.CLOSED;
    }

    /**
     * The campaign with what {@code fields} say. A field that is absent keeps its value; the tick is one of a pair whose
     * hidden half is always sent. An empty text, or the product's own, stands for the product's.
     *
     * @throws Problem 400 that names every field that makes no sense
     */
    Campaign changed(MultivaluedMap<String, String> fields) {
        ModeSettings before = campaign.modes();
        var mistakes = new Mistakes();
        List<String> detection = fields.getOrDefault("detection", List.of());
        var modes = new ModeSettings(
                mistakes.read(() -> reading(fields.getFirst("reading")), before.reading()),
                detection.isEmpty() ? before.detection() : detection.contains("true"),
                text(fields, "voicemail", before.voicemail(), ModeSettings.usualVoicemail(campaign.callerNumber())),
                text(fields, "nobody", before.nobody(), ModeSettings.usualNobody(campaign.callerNumber())),
                mistakes.read(() -> target(fields.getFirst("target")), before.target()));
        Campaign changed = campaign.with(mistakes.read(() -> mode(fields.getFirst("mode")), campaign.mode()), modes);
        mistakes.addIf(modes.voicemail().length() > LONGEST_TEXT, "voicemail", TOO_LONG);
        mistakes.addIf(modes.nobody().length() > LONGEST_TEXT, "nobody", TOO_LONG);
        mistakes.addAll(CampaignWords.ofModes(modes));
        mistakes.refuse();
        return changed;
    }

    private Campaign.Mode mode(@Nullable String name) {
        return name == null
                ? campaign.mode()
                : Arrays.stream(Campaign.Mode.values())
                        .filter(mode -> mode.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Problem.badRequest("bad-mode", "Choisissez comment partent les appels."));
    }

    private Duration reading(@Nullable String seconds) {
        if (seconds == null) {
            return campaign.modes().reading();
        }
        String number = seconds.strip();
        if (number.matches("\\d{1,4}") && Long.parseLong(number) >= shortest() && Long.parseLong(number) <= longest()) {
            return Duration.ofSeconds(Long.parseLong(number));
        }
        throw Problem.badRequest(
                "bad-reading", "Un nombre de secondes entre " + shortest() + " et " + longest() + " est attendu ici.");
    }

    private double target(@Nullable String percent) {
        if (percent == null) {
            return campaign.modes().target();
        }
        String number = percent.strip().replace(',', '.');
        double highest = ModeSettings.HIGHEST_TARGET * 100;
        if (number.matches("\\d(\\.\\d)?") && Double.parseDouble(number) <= highest) {
            return Math.round(Double.parseDouble(number) * 10) / 1000.0;
        }
        throw Problem.badRequest(
                "bad-target", "Un pourcentage entre 0 et " + highestTarget() + ", à une décimale, est attendu ici.");
    }

    private static String text(MultivaluedMap<String, String> fields, String name, String before, String usual) {
        String sent = fields.getFirst(name);
        if (sent == null) {
            return before;
        }
        String text = sent.strip().replaceAll("\\s+", " ");
        return text.equals(usual) ? "" : text;
    }
}
