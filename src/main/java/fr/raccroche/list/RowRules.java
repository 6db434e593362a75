package fr.raccroche.list;

import static fr.raccroche.list.Column.*;

import fr.raccroche.directory.Commune;
import fr.raccroche.directory.Communes;
import fr.raccroche.list.Person.Phone;
import fr.raccroche.youth.Age;
import fr.raccroche.youth.Identity;
import fr.raccroche.youth.LegalGuardian;
import fr.raccroche.youth.PhoneNumber.Owner;
import fr.raccroche.youth.PhoneNumbers;
import fr.raccroche.youth.PhoneNumbers.Usable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes a row of a list usable (R01): without identity, plausible age and a number to call it is rejected; other
 * doubtful cells are dropped and counted.
 *
 * <p>Shapes of identifiers come from production systems; the check letter of the INE is not public, so an INE is never
 * refused for it.
 */
final class RowRules {

    private static final int YOUNGEST = 10;
    private static final int OLDEST = 30;
    private static final int NAME_LENGTH = 100;
    private static final int CELL_LENGTH = 250;
    private static final int IDENTIFIER_LENGTH = 40;
    private static final Pattern INE_SHAPE = Pattern.compile("[0-9]{9}[A-Z]{2}|[0-9_]{10}[A-Z]|[0-9]{4}A[0-9]{5}[A-Z]");
    private static final Pattern UAI_SHAPE = Pattern.compile("[0-9]{1,7}[A-Z]");
    private static final String UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

    private final Communes communes;
    private final LocalDate referenceDate;

    /** @param referenceDate the day on which ages count */
    RowRules(Communes communes, LocalDate referenceDate) {
        this.communes = communes;
        this.referenceDate = referenceDate;
    }

    /** The cells of one row by column; a column that the file lacks reads as empty. */
    interface Cells {
        String get(Column column);
    }

    /** What becomes of a row. */
    sealed interface Verdict permits Accepted, Rejected {}

    /** A person to call, what was dropped from the row, and what was stored otherwise than written. */
    record Accepted(Person person, List<Warning> warnings, List<Correction> corrections) implements Verdict {}

    /**
     * A row nobody is called from.
     *
     * @param field the column at fault, or the pseudo-column {@code ligne}
     * @param detail what was found there, or the line of the first occurrence of a duplicate
     */
    record Rejected(String field, RowIssue issue, @Nullable String detail) implements Verdict {}

    /** A cell that was dropped. */
    record Warning(Column column, RowIssue issue) {}

    Verdict judge(Cells cells) {
        return new Row(cells).judge();
    }

    /** Whom a row seems to mean, whether it is accepted or not. */
    Staging.Who who(Cells cells) {
        var row = new Row(cells);
        String lastName = row.cell(NOM);
        String firstName = row.cell(PRENOM);
        return new Staging.Who(
                row.ine(),
                row.text(NUMERO_SIEI, IDENTIFIER_LENGTH),
                lastName.isEmpty() || firstName.isEmpty() ? null : Identity.nameKey(lastName, firstName),
                date(row.cell(DATE_NAISSANCE)));
    }

    /** One row under examination: collects warnings as it goes. */
    private final class Row {

        private final Cells cells;
        private final List<Warning> warnings = new ArrayList<>(2);

        Row(Cells cells) {
            this.cells = cells;
        }

        Verdict judge() {
            String lastName = cell(NOM);
            String firstName = cell(PRENOM);
            Rejected nameless = badName(NOM, lastName);
            if (nameless == null) {
                nameless = badName(PRENOM, firstName);
            }
            if (nameless != null) {
                return nameless;
            }
            LocalDate birthDate = date(cell(DATE_NAISSANCE));
            Rejected ageless = badAge(birthDate);
            if (ageless != null || birthDate == null) {
                return ageless == null ? rejected(DATE_NAISSANCE, RowIssue.NOT_A_DATE, null) : ageless;
            }
            List<Phone> phones = phones();
            return phones.isEmpty()
                    ? rejected(TEL_JEUNE, RowIssue.NO_USABLE_PHONE, null)
                    : new Accepted(person(lastName, firstName, birthDate, phones), List.copyOf(warnings), List.of());
        }

        private Person person(String lastName, String firstName, LocalDate birthDate, List<Phone> phones) {
            return new Person(
                    ine(),
                    text(NUMERO_SIEI, IDENTIFIER_LENGTH),
                    lastName,
                    firstName,
                    Identity.nameKey(lastName, firstName),
                    birthDate,
                    sex(),
                    text(ADRESSE, CELL_LENGTH),
                    text(CODE_POSTAL, IDENTIFIER_LENGTH),
                    text(COMMUNE, CELL_LENGTH),
                    residence(),
                    text(COURRIEL, CELL_LENGTH),
                    uai(),
                    text(DERNIERE_FORMATION, CELL_LENGTH),
                    guardian(1, RESP1_NOM, RESP1_PRENOM, RESP1_CODE_INSEE, RESP1_TEL),
                    guardian(2, RESP2_NOM, RESP2_PRENOM, RESP2_CODE_INSEE, RESP2_TEL),
                    phones);
        }

        private @Nullable Rejected badName(Column column, String name) {
            if (Identity.fold(name).isEmpty()) {
                return rejected(column, RowIssue.MISSING, null);
            }
            return name.length() > NAME_LENGTH ? rejected(column, RowIssue.TOO_LONG, null) : null;
        }

        private @Nullable Rejected badAge(@Nullable LocalDate birthDate) {
            String written = cell(DATE_NAISSANCE);
            if (birthDate == null) {
                return rejected(DATE_NAISSANCE, written.isEmpty() ? RowIssue.MISSING : RowIssue.NOT_A_DATE, written);
            }
            var age = Age.at(birthDate, referenceDate);
            if (birthDate.isAfter(referenceDate) || age.years() < YOUNGEST || age.years() > OLDEST) {
                return rejected(DATE_NAISSANCE, RowIssue.IMPLAUSIBLE_AGE, written);
            }
            return age.under16() ? rejected(DATE_NAISSANCE, RowIssue.UNDER_16, null) : null;
        }

        private List<Phone> phones() {
            var phones = new ArrayList<Phone>(4);
            addPhones(phones, TEL_JEUNE, Owner.YOUTH);
            addPhones(phones, TEL_JEUNE_2, Owner.YOUTH);
            addPhones(phones, RESP1_TEL, Owner.GUARDIAN1);
            addPhones(phones, RESP2_TEL, Owner.GUARDIAN2);
            return phones;
        }

        private void addPhones(List<Phone> phones, Column column, Owner owner) {
            String cell = cell(column);
            if (cell.isEmpty()) {
                return;
            }
            for (PhoneNumbers.Reading reading : PhoneNumbers.readAll(cell)) {
                if (!(reading instanceof Usable usable)) {
                    warn(column, RowIssue.PHONE_UNUSABLE);
                } else if (phones.stream().noneMatch(phone -> phone.e164().equals(usable.e164()))) {
                    phones.add(new Phone(usable.e164(), owner, usable.mobile()));
                }
            }
        }

        private @Nullable String ine() {
            String ine = cell(INE).replace(" ", "").toUpperCase(Locale.ROOT);
            if (ine.isEmpty() || INE_SHAPE.matcher(ine).matches()) {
                return ine.isEmpty() ? null : ine;
            }
            return warn(INE, RowIssue.INE_SHAPE);
        }

        private @Nullable String uai() {
            String uai = cell(UAI_DERNIER_ETABLISSEMENT).replace(" ", "").toUpperCase(Locale.ROOT);
            if (uai.isEmpty()) {
                return null;
            }
            if (UAI_SHAPE.matcher(uai).matches()) {
                int number = Integer.parseInt(uai, 0, uai.length() - 1, 10);
                char letter = uai.charAt(uai.length() - 1);
                if (UAI_LETTERS.charAt(number % UAI_LETTERS.length()) == letter) {
                    return "0".repeat(8 - uai.length()) + uai;
                }
            }
            return warn(UAI_DERNIER_ETABLISSEMENT, RowIssue.UAI_KEY);
        }

        private @Nullable String sex() {
            return switch (cell(SEXE)) {
                case "" -> null;
                case "1", "M", "m" -> "M";
                case "2", "F", "f" -> "F";
                default -> warn(SEXE, RowIssue.SEX_UNKNOWN);
            };
        }

        private @Nullable String residence() {
            String insee = cell(CODE_INSEE);
            String name = cell(COMMUNE);
            Commune commune = communes.resolve(insee, name, cell(CODE_POSTAL));
            if (commune != null) {
                return commune.insee();
            }
            warn(insee.isEmpty() ? COMMUNE : CODE_INSEE, RowIssue.COMMUNE_UNKNOWN);
            return null;
        }

        private @Nullable LegalGuardian guardian(
                int rank, Column lastName, Column firstName, Column insee, Column phone) {
            String code = cell(insee);
            Commune commune = code.isEmpty() ? null : communes.byInsee(code);
            if (commune == null && !code.isEmpty()) {
                warn(insee, RowIssue.COMMUNE_UNKNOWN);
            }
            String last = text(lastName, NAME_LENGTH);
            String first = text(firstName, NAME_LENGTH);
            return last == null
                            && first == null
                            && commune == null
                            && cell(phone).isEmpty()
                    ? null
                    : new LegalGuardian(rank, last, first, commune == null ? null : commune.insee());
        }

        private @Nullable String text(Column column, int length) {
            String cell = cell(column);
            if (cell.length() > length) {
                return warn(column, RowIssue.CELL_TOO_LONG);
            }
            return cell.isEmpty() ? null : cell;
        }

        /** Without the spaces around, and without the apostrophe that keeps a spreadsheet from calculating. */
        private String cell(Column column) {
            String cell = cells.get(column).strip();
            return cell.length() > 1 && cell.charAt(0) == '\'' && "=+-@".indexOf(cell.charAt(1)) >= 0
                    ? cell.substring(1)
                    : cell;
        }

        private @Nullable String warn(Column column, RowIssue issue) {
            warnings.add(new Warning(column, issue));
            return null;
        }

        private Rejected rejected(Column column, RowIssue issue, @Nullable String detail) {
            return new Rejected(column.header(), issue, detail);
        }
    }

    /** {@code 05/03/2009} or {@code 2009-03-05}; null for anything else, days that do not exist included. */
    private static @Nullable LocalDate date(String text) {
        if (text.length() != 10) {
            return null;
        }
        boolean iso = text.charAt(4) == '-' && text.charAt(7) == '-';
        boolean french = text.charAt(2) == '/' && text.charAt(5) == '/';
        try {
            if (iso) {
                return LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
            }
            return french ? LocalDate.of(digits(text, 6, 10), digits(text, 3, 5), digits(text, 0, 2)) : null;
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException(text);
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
