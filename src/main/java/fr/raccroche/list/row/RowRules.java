package fr.raccroche.list.row;

import static fr.raccroche.list.row.Column.*;

import fr.raccroche.directory.Commune;
import fr.raccroche.directory.Communes;
import fr.raccroche.directory.Residence;
import fr.raccroche.list.row.Correction.Kind;
import fr.raccroche.list.row.Person.Phone;
import fr.raccroche.youth.Age;
import fr.raccroche.youth.Home;
import fr.raccroche.youth.Identity;
import fr.raccroche.youth.LegalGuardian;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.PhoneNumbers;
import fr.raccroche.youth.PhoneNumbers.Reading;
import fr.raccroche.youth.PhoneNumbers.Unusable;
import fr.raccroche.youth.PhoneNumbers.Usable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What makes a row of a list usable (R01): without identity, plausible age and a number to call it is rejected; other
 * doubtful cells are dropped and counted. What a spreadsheet did to a cell is undone where only one value can have been
 * meant, and recorded.
 *
 * <p>Shapes of identifiers come from production systems; the check letter of the INE is not public, so an INE is never
 * refused for it.
 */
public final class RowRules {

    private static final int NAME_LENGTH = 100;
    private static final int CELL_LENGTH = 250;
    private static final int IDENTIFIER_LENGTH = 40;
    private static final Pattern INE_SHAPE = Pattern.compile("[0-9]{9}[A-Z]{2}|[0-9_]{10}[A-Z]|[0-9]{4}A[0-9]{5}[A-Z]");
    /** The first digits name the département, 001 at least: no more than two zeros can be lost. */
    private static final Pattern UAI_SHAPE = Pattern.compile("[0-9]{5,7}[A-Z]");

    private static final String UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private static final Pattern COUNTRY_BEFORE = Pattern.compile("^FR?-?(?=[0-9])");
    private static final Set<String> NO_IDENTIFIER =
            Set.of("", "nc", "nr", "nd", "na", "null", "neant", "aucun", "inconnu", "non connu", "non renseigne");

    private final Communes communes;
    private final LocalDate referenceDate;

    /** @param referenceDate the day on which ages count */
    public RowRules(Communes communes, LocalDate referenceDate) {
        this.communes = communes;
        this.referenceDate = referenceDate;
    }

    /** The cells of one row by column; a column that the file lacks reads as empty. */
    public interface Cells {
        String get(Column column);
    }

    /** What becomes of a row. */
    sealed interface Verdict permits Accepted, Rejected {}

    /**
     * A person to call, what was dropped from the row, and what was stored otherwise than written: of each column and
     * kind at most one.
     */
    public record Accepted(Person person, List<Warning> warnings, List<Correction> corrections) implements Verdict {}

    /**
     * A row nobody is called from.
     *
     * @param field the column at fault, or the pseudo-column {@code ligne}
     * @param detail what was found there, or the line of the first occurrence of a duplicate
     */
    public record Rejected(
            String field, RowIssue issue, @Nullable String detail) implements Verdict {}

    /** A cell that was dropped, or kept although something is wrong with it. */
    public record Warning(Column column, RowIssue issue) {}

    public Verdict judge(Cells cells) {
        return new Row(cells).judge();
    }

    /** Whom a row seems to mean, whether it is accepted or not. */
    public Who who(Cells cells) {
        var row = new Row(cells);
        String lastName = row.name(NOM);
        String firstName = row.name(PRENOM);
        return new Who(
                row.ine(),
                row.siei(),
                lastName.isEmpty() || firstName.isEmpty() ? null : Identity.nameKey(lastName, firstName),
                WrittenDate.read(row.cell(DATE_NAISSANCE), referenceDate).date());
    }

    /** One row under examination: collects warnings and corrections as it goes, from each cell once. */
    private final class Row {

        private final Cells cells;
        private List<Warning> warnings = List.of();
        private List<Correction> corrections = List.of();

        Row(Cells cells) {
            this.cells = cells;
        }

        public Verdict judge() {
            String lastName = name(NOM);
            String firstName = name(PRENOM);
            Rejected nameless = badName(NOM, lastName);
            if (nameless == null) {
                nameless = badName(PRENOM, firstName);
            }
            if (nameless != null) {
                return nameless;
            }
            String birth = cell(DATE_NAISSANCE);
            var written = WrittenDate.read(birth, referenceDate);
            LocalDate birthDate = written.date();
            Rejected ageless = badAge(birth, written);
            if (ageless != null || birthDate == null) {
                return ageless == null ? rejected(DATE_NAISSANCE, RowIssue.NOT_A_DATE, birth) : ageless;
            }
            if (written.repair() != null) {
                correct(DATE_NAISSANCE, birthDate.toString(), written.repair());
            }
            List<Phone> phones = phones();
            return phones.isEmpty()
                    ? unreachable()
                    : new Accepted(
                            person(lastName, firstName, birthDate, phones),
                            List.copyOf(warnings),
                            List.copyOf(corrections));
        }

        private Person person(String lastName, String firstName, LocalDate birthDate, List<Phone> phones) {
            String postalCode = postalCode();
            String communeName = text(COMMUNE, CELL_LENGTH);
            return new Person(
                    ine(),
                    siei(),
                    lastName,
                    firstName,
                    Identity.nameKey(lastName, firstName),
                    birthDate,
                    sex(),
                    new Home(
                            text(ADRESSE, CELL_LENGTH),
                            postalCode,
                            communeName,
                            residence(communeName == null ? "" : communeName, postalCode == null ? "" : postalCode)),
                    text(COURRIEL, CELL_LENGTH),
                    uai(),
                    text(DERNIERE_FORMATION, CELL_LENGTH),
                    guardian(1, RESP1_NOM, RESP1_PRENOM, RESP1_CODE_INSEE, RESP1_TEL, RESP1_TEL_2),
                    guardian(2, RESP2_NOM, RESP2_PRENOM, RESP2_CODE_INSEE, RESP2_TEL, RESP2_TEL_2),
                    phones);
        }

        /** Case is kept as written: what looks like shouting may be an abbreviation. */
        private String name(Column column) {
            String name = CellText.spacedOnce(cell(column));
            noteHidden(column, name, true);
            for (int i = 0; i < name.length(); i++) {
                if (Character.isDigit(name.charAt(i))) {
                    warn(column, RowIssue.NAME_DIGITS);
                    break;
                }
            }
            return name;
        }

        private @Nullable Rejected badName(Column column, String name) {
            if (name.codePoints().noneMatch(Character::isLetter)) {
                return rejected(column, RowIssue.MISSING, name.isEmpty() ? null : name);
            }
            return name.length() > NAME_LENGTH ? rejected(column, RowIssue.TOO_LONG, null) : null;
        }

        private @Nullable Rejected badAge(String birth, WrittenDate written) {
            if (written.issue() != null) {
                return birth.isEmpty()
                        ? rejected(DATE_NAISSANCE, RowIssue.MISSING, null)
                        : rejected(DATE_NAISSANCE, written.issue(), birth);
            }
            LocalDate birthDate = Objects.requireNonNull(written.date());
            var age = Age.at(birthDate, referenceDate);
            if (birthDate.isAfter(referenceDate) || !age.plausible()) {
                return rejected(DATE_NAISSANCE, RowIssue.IMPLAUSIBLE_AGE, birth);
            }
            return age.under16() ? rejected(DATE_NAISSANCE, RowIssue.UNDER_16, null) : null;
        }

        private List<Phone> phones() {
            var phones = new ArrayList<Phone>(4);
            addPhones(phones, TEL_JEUNE, NumberOwner.YOUTH);
            addPhones(phones, TEL_JEUNE_2, NumberOwner.YOUTH);
            addPhones(phones, RESP1_TEL, NumberOwner.GUARDIAN1);
            addPhones(phones, RESP1_TEL_2, NumberOwner.GUARDIAN1);
            addPhones(phones, RESP2_TEL, NumberOwner.GUARDIAN2);
            addPhones(phones, RESP2_TEL_2, NumberOwner.GUARDIAN2);
            return phones;
        }

        private void addPhones(List<Phone> phones, Column column, NumberOwner owner) {
            String cell = cell(column);
            if (cell.isEmpty()) {
                return;
            }
            List<Reading> readings = PhoneNumbers.readAll(cell);
            for (Reading reading : readings) {
                switch (reading) {
                    case Usable usable -> add(phones, new Phone(usable.e164(), owner, usable.mobile()));
                    case Unusable unusable -> warn(column, issue(unusable.reason()));
                }
            }
            notePhones(column, readings);
        }

        private static void add(List<Phone> phones, Phone phone) {
            for (int i = 0; i < phones.size(); i++) {
                if (phones.get(i).e164().equals(phone.e164())) {
                    return;
                }
            }
            phones.add(phone);
        }

        private void notePhones(Column column, List<Reading> readings) {
            if (readings.size() == 1) {
                if (readings.getFirst() instanceof Usable usable) {
                    Kind kind = kind(usable.repair());
                    if (kind == null) {
                        noteHidden(column, usable.e164(), false);
                    } else {
                        correct(column, usable.e164(), kind);
                    }
                }
                return;
            }
            List<Usable> usable = readings.stream()
                    .filter(Usable.class::isInstance)
                    .map(Usable.class::cast)
                    .toList();
            if (!usable.isEmpty()) {
                correct(
                        column,
                        usable.stream().map(Usable::e164).collect(Collectors.joining(" ")),
                        Kind.SEVERAL_PHONES);
            }
        }

        /** Names the first cell that might have held a number. */
        private Rejected unreachable() {
            for (Column column : List.of(TEL_JEUNE, TEL_JEUNE_2, RESP1_TEL, RESP1_TEL_2, RESP2_TEL, RESP2_TEL_2)) {
                String cell = CellText.clean(cells.get(column));
                if (!cell.isEmpty()) {
                    return rejected(column, RowIssue.NO_USABLE_PHONE, cell);
                }
            }
            return rejected(TEL_JEUNE, RowIssue.NO_USABLE_PHONE, null);
        }

        private @Nullable String ine() {
            String cell = cell(INE);
            if (cell.isEmpty()) {
                return null;
            }
            String ine = compact(cell);
            if (!INE_SHAPE.matcher(ine).matches()) {
                return NO_IDENTIFIER.contains(Identity.fold(cell)) ? null : warn(INE, RowIssue.INE_SHAPE);
            }
            noteHidden(INE, ine, false);
            return ine;
        }

        private @Nullable String siei() {
            String cell = text(NUMERO_SIEI, IDENTIFIER_LENGTH);
            if (cell == null || onlyZeros(cell) || NO_IDENTIFIER.contains(Identity.fold(cell))) {
                return null;
            }
            String whole = CellText.withoutExponent(cell);
            if (whole != null) {
                return whole.isEmpty()
                        ? warn(NUMERO_SIEI, RowIssue.IDENTIFIER_MANGLED)
                        : correct(NUMERO_SIEI, whole, Kind.EXPONENT);
            }
            String number = CellText.withoutDecimals(cell);
            return number == null ? cell : correct(NUMERO_SIEI, number, Kind.DECIMALS);
        }

        private @Nullable String uai() {
            String cell = cell(UAI_DERNIER_ETABLISSEMENT);
            if (cell.isEmpty()) {
                return null;
            }
            String uai = compact(cell);
            if (!UAI_SHAPE.matcher(uai).matches() || letter(uai) != uai.charAt(uai.length() - 1)) {
                return warn(UAI_DERNIER_ETABLISSEMENT, RowIssue.UAI_KEY);
            }
            if (uai.length() == 8) {
                noteHidden(UAI_DERNIER_ETABLISSEMENT, uai, false);
                return uai;
            }
            return correct(UAI_DERNIER_ETABLISSEMENT, "0".repeat(8 - uai.length()) + uai, Kind.LEADING_ZERO);
        }

        private @Nullable String sex() {
            String cell = cell(SEXE);
            return switch (cell) {
                case "" -> null;
                case "1", "M" -> "M";
                case "2", "F" -> "F";
                default ->
                    switch (Identity.fold(cell)) {
                        case "m", "h", "g", "mr", "masculin", "homme", "garcon", "1 0" -> "M";
                        case "f", "mme", "mlle", "feminin", "femme", "fille", "2 0" -> "F";
                        default -> warn(SEXE, RowIssue.SEX_UNKNOWN);
                    };
            };
        }

        /** Foreign postal codes are kept as they are. */
        private @Nullable String postalCode() {
            String cell = text(CODE_POSTAL, IDENTIFIER_LENGTH);
            if (cell == null || isFiveDigits(cell)) {
                return cell;
            }
            String code = COUNTRY_BEFORE.matcher(compact(cell)).replaceFirst("");
            String whole = CellText.withoutDecimals(code);
            String digits = whole == null ? code : whole;
            boolean short4 = digits.length() == 4 && digits.charAt(0) != '0' && isFiveDigits("0" + digits);
            if (isFiveDigits(digits)
                    || (short4 && !cells.get(CODE_INSEE).strip().startsWith("99"))) {
                String full = short4 ? "0" + digits : digits;
                Kind kind = whole != null ? Kind.DECIMALS : short4 ? Kind.LEADING_ZERO : null;
                return kind == null ? full : correct(CODE_POSTAL, full, kind);
            }
            return cell;
        }

        private @Nullable String residence(String name, String postalCode) {
            String code = insee(CODE_INSEE);
            Residence found = communes.locate(code, name, postalCode);
            Commune commune = found.commune();
            Column source = code.isEmpty() ? COMMUNE : CODE_INSEE;
            if (commune != null) {
                noteCommune(source, code, commune, found);
            }
            switch (found.way()) {
                case CODE, FORMER_CODE, NAME -> {}
                case CONTRADICTED -> warn(COMMUNE, RowIssue.COMMUNE_CONTRADICTS);
                case AMBIGUOUS -> warn(source, RowIssue.COMMUNE_AMBIGUOUS);
                case OUTSIDE -> warn(source, RowIssue.COMMUNE_OUTSIDE);
                case UNKNOWN -> warn(source, RowIssue.COMMUNE_UNKNOWN);
                case MISSING -> warn(source, RowIssue.COMMUNE_MISSING);
            }
            return commune == null ? null : commune.insee();
        }

        private void noteCommune(Column column, String code, Commune commune, Residence found) {
            if (found.way() == Residence.Way.FORMER_CODE) {
                correct(column, commune.insee(), Kind.FORMER_COMMUNE);
            } else if (found.way() == Residence.Way.NAME) {
                correct(column, commune.insee(), Kind.COMMUNE_FOUND);
            } else if (CellText.withoutDecimals(CellText.clean(cells.get(column))) != null) {
                correct(column, code, Kind.DECIMALS);
            } else {
                noteHidden(column, code, false);
            }
        }

        /** An INSEE code as it should have been written; not yet looked up. */
        private String insee(Column column) {
            String cell = cell(column);
            if (cell.isEmpty() || isFiveDigits(cell)) {
                return cell;
            }
            String code = compact(cell);
            String whole = CellText.withoutDecimals(code);
            String digits = whole == null ? code : whole;
            return digits.length() == 4 ? "0" + digits : digits;
        }

        private @Nullable LegalGuardian guardian(
                int rank, Column lastName, Column firstName, Column insee, Column phone, Column otherPhone) {
            String code = insee(insee);
            Residence found = communes.locate(code);
            Commune commune = found.commune();
            if (commune != null) {
                noteCommune(insee, code, commune, found);
            } else if (!code.isEmpty()) {
                warn(insee, found.way() == Residence.Way.OUTSIDE ? RowIssue.COMMUNE_OUTSIDE : RowIssue.COMMUNE_UNKNOWN);
            }
            String last = text(lastName, NAME_LENGTH);
            String first = text(firstName, NAME_LENGTH);
            return last == null
                            && first == null
                            && commune == null
                            && cells.get(phone).isBlank()
                            && cells.get(otherPhone).isBlank()
                    ? null
                    : new LegalGuardian(rank, last, first, commune == null ? null : commune.insee());
        }

        private @Nullable String text(Column column, int length) {
            String cell = cell(column);
            if (cell.isEmpty()) {
                return null;
            }
            if (cell.length() > length) {
                return warn(column, RowIssue.CELL_TOO_LONG);
            }
            noteHidden(column, cell, true);
            return cell;
        }

        private String cell(Column column) {
            String cell = CellText.clean(cells.get(column));
            if (CellText.isError(cell)) {
                warn(column, RowIssue.SPREADSHEET_ERROR);
                return "";
            }
            return cell;
        }

        /** @param spaces whether a non-breaking space is part of what was written, as it is in a text */
        private void noteHidden(Column column, String value, boolean spaces) {
            String raw = cells.get(column);
            if (!value.isEmpty() && (spaces ? CellText.hidden(raw) : CellText.invisible(raw))) {
                correct(column, value, Kind.HIDDEN_CHARACTER);
            }
        }

        private String correct(Column column, String value, Kind kind) {
            if (corrections.isEmpty()) {
                corrections = new ArrayList<>(2);
            }
            corrections.add(new Correction(column, cells.get(column), value, kind));
            return value;
        }

        private @Nullable String warn(Column column, RowIssue issue) {
            if (warnings.isEmpty()) {
                warnings = new ArrayList<>(2);
            }
            var warning = new Warning(column, issue);
            if (!warnings.contains(warning)) {
                warnings.add(warning);
            }
            return null;
        }

        private Rejected rejected(Column column, RowIssue issue, @Nullable String detail) {
            return new Rejected(column.header(), issue, detail);
        }
    }

    private static RowIssue issue(PhoneNumbers.Reason reason) {
        return switch (reason) {
            case EMPTY, IMPOSSIBLE -> RowIssue.PHONE_UNUSABLE;
            case MANGLED -> RowIssue.PHONE_MANGLED;
            case SHORT -> RowIssue.PHONE_SHORT;
            case PREMIUM -> RowIssue.PHONE_PREMIUM;
            case PLACEHOLDER -> RowIssue.PHONE_PLACEHOLDER;
        };
    }

    private static @Nullable Kind kind(PhoneNumbers.Repair repair) {
        return switch (repair) {
            case NONE -> null;
            case LEADING_ZERO -> Kind.LEADING_ZERO;
            case COUNTRY_CODE -> Kind.COUNTRY_CODE;
            case EXPONENT -> Kind.EXPONENT;
            case DECIMALS -> Kind.DECIMALS;
        };
    }

    /** The letter that follows from the digits of a UAI. */
    private static char letter(String uai) {
        return UAI_LETTERS.charAt(Integer.parseInt(uai, 0, uai.length() - 1, 10) % UAI_LETTERS.length());
    }

    private static String compact(String code) {
        return (code.indexOf(' ') < 0 ? code : code.replace(" ", "")).toUpperCase(Locale.ROOT);
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

    private static boolean onlyZeros(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
