package fr.raccroche.list;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.list.row.Column;
import fr.raccroche.platform.French;
import fr.raccroche.youth.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row and the person it resembles side by side, fact by fact. */
@ApplicationScoped
class Comparison {

    private final LoadMessages labels;

    Comparison(LoadMessages labels) {
        this.labels = labels;
    }

    /** One fact as the file and as the known record say it; {@code kind} is {@code same}, {@code differs} or empty. */
    record Fact(String label, String inFile, String known, String kind) {

        /** Differs only where both say something, and not the same. */
        static Fact of(String label, @Nullable String inFile, @Nullable String known) {
            String one = inFile == null ? "" : inFile;
            String other = known == null ? "" : known;
            String kind = "";
            if (!one.isEmpty() && !other.isEmpty()) {
                kind = Identity.fold(one).equals(Identity.fold(other)) ? "same" : "differs";
            }
            return new Fact(label, one, other, kind);
        }
    }

    /** @param person the row as it was staged */
    List<Fact> facts(JsonNode person, KnownYouth known) {
        var facts = new ArrayList<Fact>();
        facts.add(fact(Column.NOM, person, "last_name", known.lastName()));
        facts.add(fact(Column.PRENOM, person, "first_name", known.firstName()));
        facts.add(Fact.of(
                labels.label(Column.DATE_NAISSANCE),
                French.dayAndYear(LocalDate.parse(text(person, "birth_date"))),
                French.dayAndYear(known.birthDate())));
        facts.add(fact(Column.INE, person, "ine", known.ine()));
        facts.add(fact(Column.NUMERO_SIEI, person, "siei_number", known.siei()));
        facts.add(fact(Column.SEXE, person, "sex", known.sex()));
        facts.add(phones(person, known));
        facts.add(fact(Column.ADRESSE, person, "address", known.address()));
        facts.add(fact(Column.CODE_POSTAL, person, "postal_code", known.postalCode()));
        facts.add(fact(Column.COMMUNE, person, "commune_name", known.commune()));
        facts.add(fact(Column.COURRIEL, person, "email", known.email()));
        facts.add(fact(Column.UAI_DERNIER_ETABLISSEMENT, person, "school_uai", known.school()));
        facts.add(fact(Column.DERNIERE_FORMATION, person, "last_training", known.training()));
        facts.add(Fact.of("Responsable", guardians(person), String.join(", ", known.guardians())));
        facts.removeIf(fact -> fact.inFile().isEmpty() && fact.known().isEmpty());
        return facts;
    }

    /** The first and the last name that a row bears. */
    static String name(JsonNode person) {
        return String.join(" ", text(person, "first_name"), text(person, "last_name"));
    }

    private Fact fact(Column column, JsonNode person, String field, @Nullable String known) {
        return Fact.of(labels.label(column), text(person, field), known);
    }

    /** Numbers differ when none stands on both sides. */
    private Fact phones(JsonNode person, KnownYouth known) {
        var inFile = new ArrayList<String>();
        person.path("e164").forEach(number -> inFile.add(number.asText()));
        var common = new HashSet<>(inFile);
        common.retainAll(known.phones());
        String kind = common.isEmpty() ? "differs" : "same";
        return new Fact(
                "Téléphones",
                shown(inFile),
                shown(known.phones()),
                inFile.isEmpty() || known.phones().isEmpty() ? "" : kind);
    }

    private static String shown(List<String> numbers) {
        return numbers.stream().map(French::phone).collect(Collectors.joining(", "));
    }

    private static String guardians(JsonNode person) {
        return Stream.of("1", "2")
                .map(number -> String.join(" ", text(person, "first_name" + number), text(person, "last_name" + number))
                        .strip())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String text(JsonNode person, String field) {
        return person.path(field).isNull() ? "" : person.path(field).asText("");
    }
}
