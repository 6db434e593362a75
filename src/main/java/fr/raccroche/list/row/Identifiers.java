package fr.raccroche.list.row;

import fr.raccroche.list.row.Correction.Kind;
import fr.raccroche.youth.Identity;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that name a youth or a school. Their shapes come from production systems; the check letter of the INE is not
 * public, so an INE is never refused for it.
 */
final class Identifiers {

    private static final int LENGTH = 40;
    private static final Pattern INE_SHAPE = Pattern.compile("[0-9]{9}[A-Z]{2}|[0-9_]{10}[A-Z]|[0-9]{4}A[0-9]{5}[A-Z]");
    /** The first digits name the département, 001 at least: no more than two zeros can be lost. */
    private static final Pattern UAI_SHAPE = Pattern.compile("[0-9]{5,7}[A-Z]");

    private static final String UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private static final Set<String> NO_IDENTIFIER =
            Set.of("", "nc", "nr", "nd", "na", "null", "neant", "aucun", "inconnu", "non connu", "non renseigne");

    private Identifiers() {}

    static @Nullable String ine(Examination row) {
        String cell = row.cell(Column.INE);
        if (cell.isEmpty()) {
            return null;
        }
        String ine = CellText.compact(cell);
        if (!INE_SHAPE.matcher(ine).matches()) {
            return NO_IDENTIFIER.contains(Identity.fold(cell)) ? null : row.warn(Column.INE, RowIssue.INE_SHAPE);
        }
        row.noteHidden(Column.INE, ine, false);
        return ine;
    }

    static @Nullable String siei(Examination row) {
        String cell = row.text(Column.NUMERO_SIEI, LENGTH);
        if (cell == null || onlyZeros(cell) || NO_IDENTIFIER.contains(Identity.fold(cell))) {
            return null;
        }
        String whole = CellText.withoutExponent(cell);
        if (whole != null) {
            return whole.isEmpty()
                    ? row.warn(Column.NUMERO_SIEI, RowIssue.IDENTIFIER_MANGLED)
                    : row.correct(Column.NUMERO_SIEI, whole, Kind.EXPONENT);
        }
        String number = CellText.withoutDecimals(cell);
        return number == null ? cell : row.correct(Column.NUMERO_SIEI, number, Kind.DECIMALS);
    }

    static @Nullable String uai(Examination row) {
        String cell = row.cell(Column.UAI_DERNIER_ETABLISSEMENT);
        if (cell.isEmpty()) {
            return null;
        }
        String uai = CellText.compact(cell);
        if (!UAI_SHAPE.matcher(uai).matches() || letter(uai) != uai.charAt(uai.length() - 1)) {
            return row.warn(Column.UAI_DERNIER_ETABLISSEMENT, RowIssue.UAI_KEY);
        }
        if (uai.length() == 8) {
            row.noteHidden(Column.UAI_DERNIER_ETABLISSEMENT, uai, false);
            return uai;
        }
        return row.correct(Column.UAI_DERNIER_ETABLISSEMENT, "0".repeat(8 - uai.length()) + uai, Kind.LEADING_ZERO);
    }

    /** The letter that follows from the digits of a UAI. */
    private static char letter(String uai) {
        return UAI_LETTERS.charAt(Integer.parseInt(uai, 0, uai.length() - 1, 10) % UAI_LETTERS.length());
    }

    private static boolean onlyZeros(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
