package fr.raccroche.security;

/** What a person does here; the constants are for {@code @RolesAllowed}. */
public enum Role {
    AGENT,
    SUPERVISOR,
    PARTNER,
    ADMIN;

    public static final String IS_AGENT = "AGENT";
    public static final String IS_SUPERVISOR = "SUPERVISOR";
    public static final String IS_PARTNER = "PARTNER";
    public static final String IS_ADMIN = "ADMIN";
}
