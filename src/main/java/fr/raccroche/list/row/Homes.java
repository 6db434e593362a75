package fr.raccroche.list.row;

import static fr.raccroche.list.row.Column.*;

import fr.raccroche.directory.Commune;
import fr.raccroche.directory.Communes;
import fr.raccroche.directory.Residence;
import fr.raccroche.list.row.Correction.Kind;
import fr.raccroche.youth.LegalGuardian;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the people of a row live. */
final class Homes {

    private static final int CODE_LENGTH = 40;
    private static final Pattern COUNTRY_BEFORE = Pattern.compile("^FR?-?(?=[0-9])");

    private final Communes communes;

    Homes(Communes communes) {
        this.communes = communes;
    }

    /** Foreign postal codes are kept as they are. */
    static @Nullable String postalCode(Examination row) {
        String cell = row.text(CODE_POSTAL, CODE_LENGTH);
        if (cell == null || isFiveDigits(cell)) {
            return cell;
        }
        String code = COUNTRY_BEFORE.matcher(CellText.compact(cell)).replaceFirst("");
        String whole = CellText.withoutDecimals(code);
        String digits = whole == null ? code : whole;
        boolean short4 = digits.length() == 4 && digits.charAt(0) != '0' && isFiveDigits("0" + digits);
        if (isFiveDigits(digits) || (short4 && !row.raw(CODE_INSEE).strip().startsWith("99"))) {
            String full = short4 ? "0" + digits : digits;
            Kind kind = whole != null ? Kind.DECIMALS : short4 ? Kind.LEADING_ZERO : null;
            return kind == null ? full : row.correct(CODE_POSTAL, full, kind);
        }
        return cell;
    }

    /** The INSEE code of the commune where a youth lives; null where it cannot be told. */
    @Nullable
    String residence(Examination row, String name, String postalCode) {
        String code = insee(row, CODE_INSEE);
        Residence found = communes.locate(code, name, postalCode);
        Commune commune = found.commune();
        Column source = code.isEmpty() ? COMMUNE : CODE_INSEE;
        if (commune != null) {
            noteCommune(row, source, code, commune, found);
        }
        switch (found.way()) {
            case CODE, FORMER_CODE, NAME -> {}
            case CONTRADICTED -> row.warn(COMMUNE, RowIssue.COMMUNE_CONTRADICTS);
            case AMBIGUOUS -> row.warn(source, RowIssue.COMMUNE_AMBIGUOUS);
            case OUTSIDE -> row.warn(source, RowIssue.COMMUNE_OUTSIDE);
            case UNKNOWN -> row.warn(source, RowIssue.COMMUNE_UNKNOWN);
            case MISSING -> row.warn(source, RowIssue.COMMUNE_MISSING);
        }
        return commune == null ? null : commune.insee();
    }

    private static void noteCommune(Examination row, Column column, String code, Commune commune, Residence found) {
        if (found.way() == Residence.Way.FORMER_CODE) {
            row.correct(column, commune.insee(), Kind.FORMER_COMMUNE);
        } else if (found.way() == Residence.Way.NAME) {
            row.correct(column, commune.insee(), Kind.COMMUNE_FOUND);
        } else if (CellText.withoutDecimals(CellText.clean(row.raw(column))) != null) {
            row.correct(column, code, Kind.DECIMALS);
        } else {
            row.noteHidden(column, code, false);
        }
    }

    /** An INSEE code as it should have been written; not yet looked up. */
    private static String insee(Examination row, Column column) {
        String cell = row.cell(column);
        if (cell.isEmpty() || isFiveDigits(cell)) {
            return cell;
        }
        String code = CellText.compact(cell);
        String whole = CellText.withoutDecimals(code);
        String digits = whole == null ? code : whole;
        return digits.length() == 4 ? "0" + digits : digits;
    }

    /** A guardian, with the commune where they live; null when nothing is said of one. */
    @Nullable
    LegalGuardian guardian(
            Examination row,
            int rank,
            Column lastName,
            Column firstName,
            Column insee,
            Column phone,
            Column otherPhone) {
        String code = insee(row, insee);
        Residence found = communes.locate(code);
        Commune commune = found.commune();
        if (commune != null) {
            noteCommune(row, insee, code, commune, found);
        } else if (!code.isEmpty()) {
            row.warn(insee, found.way() == Residence.Way.OUTSIDE ? RowIssue.COMMUNE_OUTSIDE : RowIssue.COMMUNE_UNKNOWN);
        }
        String last = row.text(lastName, RowRules.NAME_LENGTH);
        String first = row.text(firstName, RowRules.NAME_LENGTH);
        return last == null
                        && first == null
                        && commune == null
                        && row.raw(phone).isBlank()
                        && row.raw(otherPhone).isBlank()
                ? null
                : new LegalGuardian(rank, last, first, commune == null ? null : commune.insee());
    }

    private static boolean isFiveDigits(String text) {
        if (text.length() != 5) {
            return false;
        }
        for (int i = 0; i < 5; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
