package fr.raccroche.list;

import fr.raccroche.youth.Identity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of a list (R01); a file may hold them in any order, and others, which are ignored. */
enum Column {
    INE,
    NUMERO_SIEI,
    NOM(true),
    PRENOM(true),
    DATE_NAISSANCE(true),
    SEXE,
    UAI_DERNIER_ETABLISSEMENT,
    DERNIERE_FORMATION,
    ADRESSE,
    CODE_POSTAL,
    COMMUNE,
    CODE_INSEE,
    TEL_JEUNE(true),
    TEL_JEUNE_2,
    COURRIEL,
    RESP1_NOM,
    RESP1_PRENOM,
    RESP1_TEL,
    RESP1_CODE_INSEE,
    RESP2_NOM,
    RESP2_PRENOM,
    RESP2_TEL,
    RESP2_CODE_INSEE;

    private static final Map<String, Column> BY_HEADER =
            Arrays.stream(values()).collect(Collectors.toMap(Column::header, Function.identity()));

    private final boolean required;

    Column() {
        this(false);
    }

    Column(boolean required) {
        this.required = required;
    }

    /** The name in the header line, for instance {@code date_naissance}. */
    public String header() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a file without this column is refused; a cell may still be empty where the rules allow it. */
    public boolean required() {
        return required;
    }

    /** The column a header cell names, blind to case, accents, spaces and hyphens. */
    static Optional<Column> named(String header) {
        return Optional.ofNullable(BY_HEADER.get(Identity.fold(header).replace(' ', '_')));
    }

    static List<Column> all() {
        return List.of(values());
    }
}
