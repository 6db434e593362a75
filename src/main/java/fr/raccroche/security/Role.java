package fr.raccroche.security;

import java.util.List;

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

    /** An entry of the navigation. */
    record Section(String label, String path) {}

    List<Section> sections() {
        return switch (this) {
            case AGENT -> List.of(new Section("Poste", "/desk"));
            case SUPERVISOR ->
                List.of(
                        new Section("Pilotage", "/supervision"),
                        new Section("Campagnes", "/campaigns"),
                        new Section("Listes", "/lists"),
                        new Section("Jeunes", "/youths"),
                        new Section("Messages", "/messages"),
                        new Section("Numéros", "/telephones"),
                        new Section("Mises en relation", "/handoffs"));
            case PARTNER -> List.of(new Section("Jeunes à rappeler", "/handoffs"));
            case ADMIN ->
                List.of(
                        new Section("Comptes", "/admin"),
                        new Section("Numéros", "/numbers"),
                        new Section("Expéditeurs", "/lists/sources"));
        };
    }

    /** The page a person of this role starts on. */
    public String home() {
        return sections().getFirst().path();
    }

    /** The role in French. */
    public String label() {
        return switch (this) {
            case AGENT -> "Agent";
            case SUPERVISOR -> "Superviseur";
            case PARTNER -> "Partenaire";
            case ADMIN -> "Administrateur";
        };
    }
}
