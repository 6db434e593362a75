package fr.raccroche.simulator.run;

/** A user of the product who signs in with a password. */
public record Credentials(String email, String password) {

    /** Reads {@code "email password"}. */
    public static Credentials parse(String entry) {
        String[] parts = entry.strip().split("\\s+", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Expected \"email password\"");
        }
        return new Credentials(parts[0], parts[1]);
    }

    @Override
    public String toString() {
        return email;
    }
}
