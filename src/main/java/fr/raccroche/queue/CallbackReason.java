package fr.raccroche.queue;

/** Why a youth is called at a moment of their own. */
public enum CallbackReason {
    /** They said when, to an agent or on their page. */
    ASKED,
    /** They answered a text. */
    SMS_REPLY
}
