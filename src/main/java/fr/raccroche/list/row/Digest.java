package fr.raccroche.list.row;

import fr.raccroche.list.row.Person.Phone;
import fr.raccroche.youth.LegalGuardian;
import org.jspecify.annotations.Nullable;

/**
 * A short number that stands for the content of a row, kept with the list and compared with its next version.
 *
 * <p>64 bits: among two million rows a wrong match has odds of one to ten million. The recipe must stay as it is, or the
 * next version of every list looks changed once.
 */
public final class Digest {

    private static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final char END = '\u001f';
    private static final Column[] COLUMNS = Column.values();

    private long hash = START;

    private Digest() {}

    /** Of the cells as written, whatever the order of the columns in the file. */
    public static long of(RowCells cells) {
        var digest = new Digest();
        for (Column column : COLUMNS) {
            String cell = cells.get(column);
            if (!cell.isEmpty() && column != Column.DATE_EXTRACTION) {
                digest.add(column.header()).add(cell);
            }
        }
        return digest.value();
    }

    /** Of the cleaned values. */
    public static long of(Person person) {
        var digest = new Digest()
                .add(person.ine())
                .add(person.sieiNumber())
                .add(person.lastName())
                .add(person.firstName())
                .add(person.birthDate().toString())
                .add(person.sex())
                .add(person.home().address())
                .add(person.home().postalCode())
                .add(person.home().communeName())
                .add(person.home().communeInsee())
                .add(person.email())
                .add(person.schoolUai())
                .add(person.lastTraining());
        digest.add(person.guardian1()).add(person.guardian2());
        for (Phone phone : person.phones()) {
            digest.add(phone.e164()).add(phone.owner().name());
        }
        return digest.value();
    }

    private Digest add(@Nullable LegalGuardian guardian) {
        return guardian == null
                ? add("-")
                : add(guardian.lastName()).add(guardian.firstName()).add(guardian.communeInsee());
    }

    private Digest add(@Nullable String text) {
        if (text != null) {
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * PRIME;
            }
        }
        hash = (hash ^ END) * PRIME;
        return this;
    }

    /** Spread over all bits, so that the low ones serve as a place in a table. */
    private long value() {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
