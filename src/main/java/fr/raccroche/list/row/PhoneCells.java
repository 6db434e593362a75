package fr.raccroche.list.row;

import static fr.raccroche.list.row.Column.*;

import fr.raccroche.list.row.Correction.Kind;
import fr.raccroche.list.row.Person.Phone;
import fr.raccroche.list.row.PhoneWords.Spoken;
import fr.raccroche.list.row.RowVerdict.Rejected;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.PhoneNumbers;
import fr.raccroche.youth.PhoneNumbers.Origin;
import fr.raccroche.youth.PhoneNumbers.Reading;
import fr.raccroche.youth.PhoneNumbers.Unusable;
import fr.raccroche.youth.PhoneNumbers.Usable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The telephones of a row, whosever they are. */
final class PhoneCells {

    private final Examination row;
    private final List<Phone> phones = new ArrayList<>(4);
    private final List<BarredNumber> barred = new ArrayList<>(0);
    private PhoneWords.@Nullable Whose first;

    private PhoneCells(Examination row) {
        this.row = row;
    }

    /** Usable numbers in the order to try; {@link Examination#barred} says which of them nobody is to call. */
    static List<Phone> of(Examination row) {
        var cells = new PhoneCells(row);
        cells.add(TEL_JEUNE, NumberOwner.YOUTH);
        cells.add(TEL_JEUNE_2, NumberOwner.YOUTH);
        cells.add(RESP1_TEL, NumberOwner.GUARDIAN1);
        cells.add(RESP1_TEL_2, NumberOwner.GUARDIAN1);
        cells.add(RESP2_TEL, NumberOwner.GUARDIAN2);
        cells.add(RESP2_TEL_2, NumberOwner.GUARDIAN2);
        return cells.all();
    }

    private List<Phone> all() {
        if (!barred.isEmpty()) {
            row.bar(barred);
        }
        if (!phones.isEmpty()
                && phones.stream().allMatch(phone -> PhoneNumbers.originOf(phone.e164()) == Origin.FOREIGN)) {
            row.warn(TEL_JEUNE, RowIssue.PHONE_FOREIGN);
        }
        return phones;
    }

    private void add(Column column, NumberOwner owner) {
        String cell = row.cell(column);
        if (cell.isEmpty()) {
            return;
        }
        List<Spoken> spoken = PhoneWords.areIn(cell) ? PhoneWords.in(cell) : List.of();
        if (!spoken.isEmpty()) {
            addSpoken(column, owner, cell, spoken);
            return;
        }
        List<Reading> readings = PhoneNumbers.readAll(cell);
        addAll(column, owner, readings);
        notePhones(column, readings);
    }

    private void addAll(Column column, NumberOwner owner, List<Reading> readings) {
        for (Reading reading : readings) {
            switch (reading) {
                case Usable usable -> add(new Phone(usable.e164(), owner, usable.mobile()));
                case Unusable unusable -> row.warn(column, issue(unusable.reason()));
            }
        }
    }

    /** Numbers with words beside them: whose they are, and whether they may be called. */
    private void addSpoken(Column column, NumberOwner owner, String cell, List<Spoken> spoken) {
        var kept = new ArrayList<String>();
        NumberOwner before = owner;
        for (Spoken each : spoken) {
            NumberOwner whose = owner(each.whose(), owner, before);
            List<Reading> readings = PhoneNumbers.readAll(each.number());
            addAll(column, whose, readings);
            if (each.said() != null) {
                bar(column, readings, each.said(), cell);
            }
            for (Reading reading : readings) {
                if (reading instanceof Usable usable) {
                    kept.add(usable.e164());
                }
            }
            before = whose;
        }
        if (!kept.isEmpty()) {
            row.correct(column, String.join(" ", kept), Kind.WORDS_BESIDE);
        }
    }

    private void bar(Column column, List<Reading> readings, RowIssue said, String words) {
        row.warn(column, said);
        for (Reading reading : readings) {
            if (reading instanceof Usable usable) {
                barred.add(new BarredNumber(usable.e164(), said, words));
            }
        }
    }

    /**
     * Whose a number is by its words. The mother and the father of whom no column speaks are the first guardian and the
     * second, in the order in which the row names them.
     */
    private NumberOwner owner(PhoneWords.Whose whose, NumberOwner column, NumberOwner before) {
        boolean ofYouth = column == NumberOwner.YOUTH;
        return switch (whose) {
            case COLUMN -> column;
            case YOUTH -> NumberOwner.YOUTH;
            case OTHER -> NumberOwner.OTHER;
            case WORK -> !ofYouth ? column : before == NumberOwner.YOUTH ? NumberOwner.OTHER : before;
            case MOTHER, FATHER, GUARDIAN -> ofYouth ? guardian(whose) : column;
        };
    }

    private NumberOwner guardian(PhoneWords.Whose whose) {
        if (first == null) {
            first = whose;
        }
        return first == whose || whose == PhoneWords.Whose.GUARDIAN ? NumberOwner.GUARDIAN1 : NumberOwner.GUARDIAN2;
    }

    private void add(Phone phone) {
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
