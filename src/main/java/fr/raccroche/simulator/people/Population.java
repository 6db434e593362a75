package fr.raccroche.simulator.people;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A list of presumed dropouts and, behind it, the people it is about. */
public record Population(List<Persona> personas) {

    private static final String HEADER = "ine;numero_siei;nom;prenom;date_naissance;sexe;uai_dernier_etablissement;"
            + "derniere_formation;adresse;code_postal;commune;code_insee;tel_jeune;tel_jeune_2;courriel;"
            + "resp1_nom;resp1_prenom;resp1_tel;resp1_code_insee;resp2_nom;resp2_prenom;resp2_tel;resp2_code_insee";
    private static final DateTimeFormatter FRENCH_DATE = DateTimeFormatter.ofPattern("dd/MM/uuuu");

    /**
     * The same seed, size and date always give the same people.
     *
     * @param size number of youths, at most 36,000 (there are only so many fictional numbers)
     * @param date the day on which ages are counted
     */
    public static Population generate(long seed, int size, LocalDate date) {
        return generate(seed, size, date, Manner.AS_IN_2021);
    }

    public static Population generate(long seed, int size, LocalDate date, Manner manner) {
        return new Population(new Births(seed, size, date, manner).personas());
    }

    /** Those from one place in the list to another, each a share of the whole. */
    public Population part(double from, double to) {
        int size = personas.size();
        return new Population(personas.subList((int) (from * size), (int) Math.ceil(to * size)));
    }

    /** The list as a school information system exports it: {@code ;} separated, with a header. */
    public String csv() {
        return personas.stream().map(Population::row).collect(Collectors.joining("\n", HEADER + "\n", "\n"));
    }

    private static String row(Persona persona) {
        Identity who = persona.identity();
        List<String> own = persona.lines().stream()
                .filter(line -> line.owner() != Owner.GUARDIAN)
                .map(Line::number)
                .map(Population::national)
                .toList();
        var cells = new ArrayList<String>(List.of(
                who.ine(),
                who.sieiNumber(),
                who.lastName(),
                who.firstName(),
                FRENCH_DATE.format(who.birthDate()),
                who.female() ? "2" : "1",
                who.uai(),
                who.training(),
                who.address(),
                who.commune().postalCode(),
                who.commune().name(),
                who.commune().insee(),
                own.isEmpty() ? "" : own.get(0),
                own.size() < 2 ? "" : own.get(1),
                who.email()));
        Stream.of(0, 1).forEach(i -> cells.addAll(guardian(who.guardians(), i)));
        return String.join(";", cells);
    }

    private static List<String> guardian(List<Guardian> guardians, int index) {
        if (index >= guardians.size()) {
            return List.of("", "", "", "");
        }
        Guardian guardian = guardians.get(index);
        return List.of(
                guardian.lastName(),
                guardian.firstName(),
                guardian.number().isEmpty() ? "" : national(guardian.number()),
                guardian.commune().insee());
    }

    /** Most rows are typed without blanks, some in pairs, as on real lists. */
    private static String national(String number) {
        String digits = "0" + number.substring("+33".length());
        boolean inPairs = digits.endsWith("7");
        return inPairs ? digits.replaceAll("(\\d{2})(?=\\d)", "$1 ") : digits;
    }
}
