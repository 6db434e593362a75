package fr.raccroche.security;

import java.util.Locale;

/** What the access log can say that somebody did. The codes are stored: a constant is never renamed. */
public enum AccessAction {
    // accounts
    FIRST_ADMIN_CREATED,
    SIGNED_IN,
    SIGN_IN_FAILED,
    SIGNED_OUT,
    ACCOUNT_CREATED,
    ACCOUNT_ENABLED,
    ACCOUNT_DISABLED,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    // lists
    SOURCE_CREATED,
    TOKEN_CREATED,
    TOKEN_REVOKED,
    LIST_SUBMITTED,
    LIST_ASSIGNED,
    LIST_MAPPED,
    LIST_REMAPPED,
    LIST_CONFIRMED,
    LIST_CANCELED,
    LIST_UNDONE,
    REJECTS_EXPORTED,
    QUALITY_EXPORTED,
    DOUBT_DECIDED,
    DOUBT_REOPENED,
    // campaigns
    CAMPAIGN_DELETED,
    CAMPAIGN_EDITED,
    CAMPAIGN_MODE_CHANGED,
    CAMPAIGN_NUMBERS_CHANGED,
    CAMPAIGN_REPLANNED,
    CAMPAIGN_TEXTS_CHANGED,
    NUMBER_DESCRIBED,
    // youths
    YOUTH_VIEWED,
    YOUTH_CALLS_VIEWED,
    YOUTHS_LISTED,
    YOUTHS_SEARCHED,
    OBJECTION_LIFTED,
    NUMBER_DECIDED,
    OUTCOME_CORRECTED,
    PERSONAL_LINKS_REVOKED,
    // what comes in
    CALLER_SEARCHED,
    CALLER_IDENTIFIED,
    MESSAGE_HANDLED,
    MESSAGE_HEARD,
    TEXT_HANDLED,
    // what goes to structures
    HANDOFF_ASSIGNED,
    HANDOFF_REPORTED,
    UNREACHABLE_VIEWED,
    UNREACHABLE_EXPORTED;

    /** What is stored, such as {@code youth-viewed}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
