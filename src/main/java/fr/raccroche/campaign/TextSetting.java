package fr.raccroche.campaign;

import fr.raccroche.campaign.Knob.Unit;

/** Every number of what a campaign writes to its youths. */
public enum TextSetting implements Knob.Setting {
    /** From the announcement to the first call. */
    ANNOUNCE_BEFORE(Unit.HOURS, 3, 1, 24),
    /** From the reminder to the call that was asked for. */
    REMIND_BEFORE(Unit.MINUTES, 120, 15, 1440),
    /** Texts to one youth in this campaign, all kinds. */
    PER_YOUTH(Unit.TEXTS, 4, 1, 10),
    /** Between two texts, of all campaigns; a reminder, which was asked for, need not wait. */
    GAP(Unit.HOURS, 24, 1, 336),
    /** How long a personal link opens the youth's page. */
    LINK(Unit.DAYS, 30, 1, 90),
    /** Of one segment, as the operator bills it. */
    PRICE(Unit.MILLIEUROS, 80, 0, 1000);

    @SuppressWarnings("ImmutableEnumChecker") // a record of three numbers and a unit
    private final Knob knob;

    TextSetting(Unit unit, int usual, int least, int most) {
        this.knob = new Knob(unit, usual, least, most);
    }

    @Override
    public Knob knob() {
        return knob;
    }
}
