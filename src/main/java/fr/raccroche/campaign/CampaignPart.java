package fr.raccroche.campaign;

import fr.raccroche.platform.French;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What of a campaign a supervisor can change, as its history names and shows it. The names are stored. */
public enum CampaignPart {
    NAME("Nom", Campaign::name),
    STARTS("Début", campaign -> French.dayAndYear(campaign.startsOn())),
    ENDS("Fin", campaign -> French.dayAndYear(campaign.endsOn())),
    HOURS("Jours et heures d'appel", campaign -> hours(campaign.hours())),
    SCRIPT("Trame de l'entretien", Campaign::script),
    MODE(
            "Déroulement des appels",
            campaign -> campaign.mode() + " " + campaign.modes().reading()
                    + campaign.modes().detection() + campaign.modes().target()),
    SAID_TO_MACHINE("Message sur répondeur", Campaign::voicemailText),
    SAID_TO_NOBODY("Message sans agent", Campaign::nobodyText),
    ANNOUNCEMENT("SMS d'annonce", campaign -> text(campaign, TextKind.ANNOUNCEMENT)),
    FALLBACK("SMS de relance", campaign -> text(campaign, TextKind.FALLBACK)),
    AFTER_VOICEMAIL("SMS après répondeur", campaign -> text(campaign, TextKind.VOICEMAIL)),
    REMINDER("SMS de rappel", campaign -> text(campaign, TextKind.REMINDER)),
    SERVICE("Qui écrit", campaign -> campaign.texts().service()),
    TEXTS("Réglages des SMS", campaign -> campaign.texts().toString()),
    PLAN(
            "Plan des tentatives",
            campaign -> campaign.maxAttempts() + campaign.hours().storedBlocked() + campaign.planSettings()),
    NUMBERS("Numéros présentés", campaign -> "");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // reads and keeps nothing
    private final Function<Campaign, String> shown;

    CampaignPart(String label, Function<Campaign, String> shown) {
        this.label = label;
        this.shown = shown;
    }

    public String label() {
        return label;
    }

    /** What it is now; changes with every change of it. */
    String of(Campaign campaign) {
        return shown.apply(campaign);
    }

    /** Whether people can make sense of what {@link #of} says. */
    boolean isWords() {
        return switch (this) {
            case MODE, TEXTS, PLAN, NUMBERS -> false;
            case NAME,
                    STARTS,
                    ENDS,
                    HOURS,
                    SCRIPT,
                    SAID_TO_MACHINE,
                    SAID_TO_NOBODY,
                    ANNOUNCEMENT,
                    FALLBACK,
                    AFTER_VOICEMAIL,
                    REMINDER,
                    SERVICE -> true;
        };
    }

    private static String text(Campaign campaign, TextKind kind) {
        return campaign.texts().isOn(kind) ? campaign.texts().template(kind).text() : "n'est pas envoyé";
    }

    private static String hours(CallingHours hours) {
        return CallingDay.named(hours) + " ; "
                + hours.spans().stream()
                        .map(span -> French.time(span.opens()) + " – " + French.time(span.closes()))
                        .collect(Collectors.joining(", "));
    }
}
