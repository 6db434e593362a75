package fr.raccroche.campaign;

import fr.raccroche.campaign.Knob.Unit;

/** Every number of the plan of attempts; what each costs and brings is said on the campaign page. */
public enum PlanSetting implements Knob.Setting {
    WEIGHT_MORNING(Unit.WEIGHT, 3, 0, 10),
    WEIGHT_AFTERNOON(Unit.WEIGHT, 3, 0, 10),
    WEIGHT_EVENING(Unit.WEIGHT, 4, 0, 10),
    /** Least time between the first and the last attempt. */
    SPAN(Unit.DAYS, 21, 0, 120),
    PER_DAY(Unit.ATTEMPTS, 1, 1, 3),
    /** The day's limit when its first attempt met a busy line, or an answer and no agent. */
    PER_DAY_AFTER_BUSY(Unit.ATTEMPTS, 2, 1, 3),
    PER_WEEK(Unit.ATTEMPTS, 4, 1, 10),
    /** 0 for no limit; 4 is what D223-9 of the code de la consommation grants commercial callers. */
    PER_MONTH(Unit.ATTEMPTS, 0, 0, 10),
    /** Over all campaigns. */
    PER_YEAR(Unit.ATTEMPTS, 15, 1, 30),
    /** Rings of one number, whoever they are for: a family has one landline. */
    NUMBER_PER_DAY(Unit.ATTEMPTS, 2, 1, 10),
    /** Between a ring for one and a ring for another of those who are listed under a number. */
    NUMBER_GAP(Unit.MINUTES, 240, 0, 1440),
    AFTER_BUSY(Unit.MINUTES, 30, 10, 240),
    AFTER_ABANDONED(Unit.MINUTES, 15, 5, 240),
    /** Not 24: that would be the same hour every day. */
    AFTER_NO_ANSWER(Unit.HOURS, 27, 3, 168),
    AFTER_VOICEMAIL(Unit.HOURS, 48, 3, 168),
    AFTER_LOST(Unit.HOURS, 27, 3, 168),
    AFTER_INTERRUPTED(Unit.HOURS, 3, 1, 168),
    AFTER_THIRD_PARTY(Unit.HOURS, 27, 3, 168),
    AFTER_WRONG_NUMBER(Unit.HOURS, 3, 1, 168),
    AFTER_TECHNICAL(Unit.MINUTES, 15, 5, 1440),
    AFTER_PASSED(Unit.MINUTES, 30, 5, 1440),
    /** How late a callback of one agent may be before anybody keeps it. */
    CALLBACK_LATE(Unit.MINUTES, 15, 5, 240),
    /** Calls at the moment for which the youth asked, before the plan takes over again. */
    CALLBACK_TRIES(Unit.ATTEMPTS, 2, 1, 5),
    AFTER_MISSED_CALLBACK(Unit.MINUTES, 30, 10, 1440),
    TRIES_PER_NUMBER(Unit.ATTEMPTS, 3, 1, 10),
    /** Attempts of experience that the general contact rate outweighs: the m of smoothed rates. */
    SMOOTHING(Unit.ATTEMPTS, 50, 1, 1000),
    EXPLORATION(Unit.PERCENT, 10, 0, 50);

    @SuppressWarnings("ImmutableEnumChecker") // a record of three numbers and a unit
    private final Knob knob;

    PlanSetting(Unit unit, int usual, int least, int most) {
        this.knob = new Knob(unit, usual, least, most);
    }

    @Override
    public Knob knob() {
        return knob;
    }
}
