package fr.raccroche.list.row;

import static fr.raccroche.list.row.Column.*;

import fr.raccroche.directory.Communes;
import fr.raccroche.list.row.Person.Phone;
import fr.raccroche.list.row.RowVerdict.Rejected;
import fr.raccroche.youth.Age;
import fr.raccroche.youth.Home;
import fr.raccroche.youth.Identity;
import fr.raccroche.youth.LegalGuardian;
import fr.raccroche.youth.NumberOwner;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes a row of a list usable (R01): without identity, plausible age and a number to call it is rejected; other
 * doubtful cells are dropped and counted. What a spreadsheet did to a cell is undone where only one value can have been
 * meant, and recorded.
 */
public final class RowRules {

    static final int NAME_LENGTH = 100;
    private static final int CELL_LENGTH = 250;

    private final Homes homes;
    private final LocalDate referenceDate;
    private final boolean monthFirst;
    private final boolean mixed;

    /** @param referenceDate the day on which ages count */
    public RowRules(Communes communes, LocalDate referenceDate) {
        this(communes, referenceDate, false, false);
    }

    /**
     * @param monthFirst whether birth dates are written month, day, year
     * @param mixed whether some are and some are not: one that may be either is no date
     */
    public RowRules(Communes communes, LocalDate referenceDate, boolean monthFirst, boolean mixed) {
        this.homes = new Homes(communes);
        this.referenceDate = referenceDate;
        this.monthFirst = monthFirst;
        this.mixed = mixed;
    }

    /** Whether a formula stands in a cell and not its value. */
    public static boolean isFormula(String cell) {
        return CellText.isFormula(CellText.clean(cell));
    }

    /** Whether a spreadsheet wrote an error into a cell. */
    public static boolean isError(String cell) {
        return CellText.isError(CellText.clean(cell));
    }

    public RowVerdict judge(RowCells cells) {
        var row = new Examination(cells);
        Names names = names(row);
        String lastName = names.last();
        String firstName = names.first();
        Rejected nameless = badName(row, NOM, lastName);
        if (nameless == null) {
            nameless = badName(row, PRENOM, firstName);
        }
        if (nameless != null) {
            return nameless;
        }
        String birth = row.cell(DATE_NAISSANCE);
        var written = WrittenDate.read(birth, referenceDate, monthFirst);
        LocalDate birthDate = written.date();
        Rejected ageless = badAge(row, birth, written);
        if (ageless != null || birthDate == null) {
            return ageless == null ? row.rejected(DATE_NAISSANCE, RowIssue.NOT_A_DATE, birth) : ageless;
        }
        if (mixed && DateOrder.of(birth) == DateOrder.EITHER) {
            return row.rejected(DATE_NAISSANCE, RowIssue.DATE_ORDER, birth);
        }
        if (written.repair() != null) {
            row.correct(DATE_NAISSANCE, birthDate.toString(), written.repair());
        }
        List<Phone> phones = PhoneCells.of(row);
        return phones.isEmpty()
                ? PhoneCells.unreachable(row)
                : row.accepted(person(row, lastName, firstName, birthDate, phones));
    }

    /** Whom a row seems to mean, whether it is accepted or not. */
    public Who who(RowCells cells) {
        var row = new Examination(cells);
        Names names = names(row);
        boolean unknown = names.last().isEmpty() || names.first().isEmpty() || names.lost();
        return new Who(
                Identifiers.ine(row),
                Identifiers.siei(row),
                unknown ? null : Identity.nameKey(names.last(), names.first()),
                WrittenDate.read(row.cell(DATE_NAISSANCE), referenceDate, monthFirst)
                        .date());
    }

    private record Names(String last, String first) {

        boolean lost() {
            return Accents.areLost(last) || Accents.areLost(first);
        }
    }

    /** Both names, from a cell each or out of one. */
    private static Names names(Examination row) {
        String last = name(row, NOM);
        String first = name(row, PRENOM);
        if (!last.isEmpty() && !first.isEmpty()) {
            return new Names(last, first);
        }
        Column both = row.raw(NOM_PRENOM).isEmpty() ? PRENOM_NOM : NOM_PRENOM;
        String cell = name(row, both);
        if (cell.isEmpty()) {
            return new Names(last, first);
        }
        var apart = BothNames.of(cell, both == PRENOM_NOM);
        if (!apart.sure()) {
            row.correct(both, apart.firstName() + " | " + apart.lastName(), Correction.Kind.NAMES_APART);
        }
        return new Names(last.isEmpty() ? apart.lastName() : last, first.isEmpty() ? apart.firstName() : first);
    }

    private Person person(Examination row, String lastName, String firstName, LocalDate birthDate, List<Phone> phones) {
        String postalCode = Homes.postalCode(row);
        String communeName = row.text(COMMUNE, CELL_LENGTH);
        return new Person(
                Identifiers.ine(row),
                Identifiers.siei(row),
                lastName,
                firstName,
                Identity.nameKey(lastName, firstName),
                birthDate,
                sex(row),
                new Home(
                        row.text(ADRESSE, CELL_LENGTH),
                        postalCode,
                        communeName,
                        homes.residence(
                                row, communeName == null ? "" : communeName, postalCode == null ? "" : postalCode)),
                row.text(COURRIEL, CELL_LENGTH),
                Identifiers.uai(row),
                row.text(DERNIERE_FORMATION, CELL_LENGTH),
                orNamed(
                        homes.guardian(row, 1, RESP1_NOM, RESP1_PRENOM, RESP1_CODE_INSEE, RESP1_TEL, RESP1_TEL_2),
                        1,
                        phones),
                orNamed(
                        homes.guardian(row, 2, RESP2_NOM, RESP2_PRENOM, RESP2_CODE_INSEE, RESP2_TEL, RESP2_TEL_2),
                        2,
                        phones),
                phones);
    }

    /** A guardian of whom only a word beside a number speaks. */
    private static @Nullable LegalGuardian orNamed(@Nullable LegalGuardian guardian, int rank, List<Phone> phones) {
        NumberOwner owner = rank == 1 ? NumberOwner.GUARDIAN1 : NumberOwner.GUARDIAN2;
        boolean named = guardian == null && phones.stream().anyMatch(phone -> phone.owner() == owner);
        return named ? new LegalGuardian(rank, null, null, null) : guardian;
    }

    /** Case is kept as written: what looks like shouting may be an abbreviation. */
    private static String name(Examination row, Column column) {
        String name = CellText.spacedOnce(row.cell(column));
        row.noteHidden(column, name, true);
        for (int i = 0; i < name.length(); i++) {
            if (Character.isDigit(name.charAt(i))) {
                row.warn(column, RowIssue.NAME_DIGITS);
                break;
            }
        }
        return name;
    }

    private static @Nullable Rejected badName(Examination row, Column column, String name) {
        if (name.codePoints().noneMatch(Character::isLetter)) {
            return row.rejected(column, RowIssue.MISSING, name.isEmpty() ? null : name);
        }
        if (Accents.areLost(name)) {
            return row.rejected(column, RowIssue.LOST_CHARACTER, name);
        }
        return name.length() > NAME_LENGTH ? row.rejected(column, RowIssue.TOO_LONG, null) : null;
    }

    private @Nullable Rejected badAge(Examination row, String birth, WrittenDate written) {
        if (written.issue() != null) {
            return birth.isEmpty()
                    ? row.rejected(DATE_NAISSANCE, RowIssue.MISSING, null)
                    : row.rejected(DATE_NAISSANCE, written.issue(), birth);
        }
        LocalDate birthDate = Objects.requireNonNull(written.date());
        var age = Age.at(birthDate, referenceDate);
        if (birthDate.isAfter(referenceDate) || !age.plausible()) {
            return row.rejected(DATE_NAISSANCE, RowIssue.IMPLAUSIBLE_AGE, birth);
        }
        return age.under16() ? row.rejected(DATE_NAISSANCE, RowIssue.UNDER_16, null) : null;
    }

    private static @Nullable String sex(Examination row) {
        String cell = row.cell(SEXE);
        return switch (cell) {
            case "" -> null;
            case "1", "M" -> "M";
            case "2", "F" -> "F";
            default ->
                switch (Identity.fold(cell)) {
                    case "m", "h", "g", "mr", "masculin", "homme", "garcon", "1 0" -> "M";
                    case "f", "mme", "mlle", "feminin", "femme", "fille", "2 0" -> "F";
                    default -> row.warn(SEXE, RowIssue.SEX_UNKNOWN);
                };
        };
    }
}
