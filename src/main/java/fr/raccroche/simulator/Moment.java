package fr.raccroche.simulator;

/** Whether what was asked for is done all the same: a call or a message exists, a call is hung up. */
public enum Moment {
    BEFORE_CREATION,
    AFTER_CREATION
}
