package fr.raccroche.list.row;

import fr.raccroche.youth.Identity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a list (R01); a file may hold them in any order, and others, which are ignored. */
public enum Column {
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
    RESP1_TEL_2,
    RESP1_CODE_INSEE,
    RESP2_NOM,
    RESP2_PRENOM,
    RESP2_TEL,
    RESP2_TEL_2,
    RESP2_CODE_INSEE,
    DATE_EXTRACTION,
    /** Says {@code oui} where a person is no longer on the list. */
    RETRAIT,
    /** Both names of a youth in one cell, the last name first as a rule; capitals tell which it is. */
    NOM_PRENOM,
    PRENOM_NOM,
    /** What somebody wrote about a youth: looked at for a word that they are not to be called. */
    REMARQUE;

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

    /** Whether nobody can be told from others without it. */
    public boolean identifies() {
        return this == NOM || this == PRENOM || this == DATE_NAISSANCE;
    }

    /** Whether telephone numbers stand in it, whosever they are. */
    public boolean phone() {
        return switch (this) {
            case TEL_JEUNE, TEL_JEUNE_2, RESP1_TEL, RESP1_TEL_2, RESP2_TEL, RESP2_TEL_2 -> true;
            default -> false;
        };
    }

    /** Whether several columns of a file may be this one: further numbers, further remarks. */
    boolean isList() {
        return this == TEL_JEUNE_2 || this == RESP1_TEL_2 || this == RESP2_TEL_2 || this == REMARQUE;
    }

    /** The column for a further number of the same person, or null. */
    @Nullable
    Column second() {
        return switch (this) {
            case TEL_JEUNE -> TEL_JEUNE_2;
            case RESP1_TEL -> RESP1_TEL_2;
            case RESP2_TEL -> RESP2_TEL_2;
            default -> null;
        };
    }

    /** The column with the same fact about the first or second guardian instead of the youth, or null. */
    @Nullable
    Column ofGuardian(int number) {
        if (this == NOM_PRENOM || this == PRENOM_NOM) {
            return number == 1 ? RESP1_NOM : RESP2_NOM;
        }
        if (this == TEL_JEUNE_2) {
            return number == 1 ? RESP1_TEL_2 : RESP2_TEL_2;
        }
        return BY_HEADER.get("resp" + number + "_" + header().replace("_jeune", ""));
    }

    /** The column a header cell names, blind to case, accents, spaces and hyphens. */
    public static Optional<Column> named(String header) {
        return Optional.ofNullable(BY_HEADER.get(Identity.fold(header).replace(' ', '_')));
    }

    public static List<Column> all() {
        return List.of(values());
    }
}
