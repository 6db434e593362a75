package fr.raccroche.simulator.people;

/** What a call to a scripted number meets. */
public enum Scenario {
    NOT_IN_SERVICE,
    BUSY,
    RINGS_OUT,
    PICKS_UP,
    VOICEMAIL
}
