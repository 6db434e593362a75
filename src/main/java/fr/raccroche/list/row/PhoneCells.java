package fr.raccroche.list.row;

import static fr.raccroche.list.row.Column.*;

import fr.raccroche.list.row.Correction.Kind;
import fr.raccroche.list.row.Person.Phone;
import fr.raccroche.list.row.RowVerdict.Rejected;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.PhoneNumbers;
import fr.raccroche.youth.PhoneNumbers.Reading;
import fr.raccroche.youth.PhoneNumbers.Unusable;
import fr.raccroche.youth.PhoneNumbers.Usable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The telephones of a row, whosever they are. */
final class PhoneCells {

    private PhoneCells() {}

    /** Usable numbers in the order to try. */
    static List<Phone> of(Examination row) {
        var phones = new ArrayList<Phone>(4);
        addPhones(row, phones, TEL_JEUNE, NumberOwner.YOUTH);
        addPhones(row, phones, TEL_JEUNE_2, NumberOwner.YOUTH);
        addPhones(row, phones, RESP1_TEL, NumberOwner.GUARDIAN1);
        addPhones(row, phones, RESP1_TEL_2, NumberOwner.GUARDIAN1);
        addPhones(row, phones, RESP2_TEL, NumberOwner.GUARDIAN2);
        addPhones(row, phones, RESP2_TEL_2, NumberOwner.GUARDIAN2);
        return phones;
    }

    private static void addPhones(Examination row, List<Phone> phones, Column column, NumberOwner owner) {
        String cell = row.cell(column);
        if (cell.isEmpty()) {
            return;
        }
        List<Reading> readings = PhoneNumbers.readAll(cell);
        for (Reading reading : readings) {
            switch (reading) {
                case Usable usable -> add(phones, new Phone(usable.e164(), owner, usable.mobile()));
                case Unusable unusable -> row.warn(column, issue(unusable.reason()));
            }
        }
        notePhones(row, column, readings);
    }

    private static void add(List<Phone> phones, Phone phone) {
        for (int i = 0; i < phones.size(); i++) {
            if (phones.get(i).e164().equals(phone.e164())) {
                return;
            }
        }
        phones.add(phone);
    }

    private static void notePhones(Examination row, Column column, List<Reading> readings) {
        if (readings.size() == 1) {
            if (readings.getFirst() instanceof Usable usable) {
                Kind kind = kind(usable.repair());
                if (kind == null) {
                    row.noteHidden(column, usable.e164(), false);
                } else {
                    row.correct(column, usable.e164(), kind);
                }
            }
            return;
        }
        List<Usable> usable = readings.stream()
                .filter(Usable.class::isInstance)
                .map(Usable.class::cast)
                .toList();
        if (!usable.isEmpty()) {
            row.correct(
                    column, usable.stream().map(Usable::e164).collect(Collectors.joining(" ")), Kind.SEVERAL_PHONES);
        }
    }

    /** Names the first cell that might have held a number. */
    static Rejected unreachable(Examination row) {
        for (Column column : List.of(TEL_JEUNE, TEL_JEUNE_2, RESP1_TEL, RESP1_TEL_2, RESP2_TEL, RESP2_TEL_2)) {
            String cell = CellText.clean(row.raw(column));
            if (!cell.isEmpty()) {
                return row.rejected(column, RowIssue.NO_USABLE_PHONE, cell);
            }
        }
        return row.rejected(TEL_JEUNE, RowIssue.NO_USABLE_PHONE, null);
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
}
