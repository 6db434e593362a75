package fr.raccroche.list;

import fr.raccroche.list.row.Person;
import fr.raccroche.list.row.Person.Phone;
import fr.raccroche.list.row.RowVerdict.Rejected;
import fr.raccroche.list.row.Who;
import fr.raccroche.youth.Identity;
import fr.raccroche.youth.LegalGuardian;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Judged rows on their way into the table {@code {rows}} of {@link Staging}, column by column. */
final class StagedRows implements AutoCloseable {

    private final CopyText rows;

    StagedRows(CopyText rows) {
        this.rows = rows;
    }

    /** An accepted row. */
    void accept(int line, Person person, long digest, long rawDigest) throws SQLException {
        rows.value(line)
                .value("A")
                .value(person.ine())
                .value(person.sieiNumber())
                .value(person.lastName())
                .value(person.firstName())
                .value(person.nameKey())
                .value(pairKeys(person))
                .value(person.birthDate().toString())
                .value(person.sex())
                .value(person.home().address())
                .value(person.home().postalCode())
                .value(person.home().communeName())
                .value(person.home().communeInsee())
                .value(person.email())
                .value(person.schoolUai())
                .value(person.lastTraining());
        guardian(person.guardian1());
        guardian(person.guardian2());
        phones(person);
        rows.value(digest).value(rawDigest).nothing(4).end();
    }

    /** A rejected row; who it seems to mean keeps that person on the list. */
    void reject(int line, Rejected why, Who who, String cells) throws SQLException {
        rows.value(line).value("R");
        who(who);
        rows.nothing(21)
                .value(why.field())
                .value(why.issue().name())
                .value(why.detail())
                .value(cells)
                .end();
    }

    /** A row that says its person is no longer on the list. */
    void withdraw(int line, Who who, String cells) throws SQLException {
        rows.value(line).value("W");
        who(who);
        rows.nothing(24).value(cells).end();
    }

    private void who(Who who) {
        rows.value(who.ine())
                .value(who.siei())
                .nothing(2)
                .value(who.nameKey())
                .nothing(1)
                .value(who.birthDate() == null ? null : who.birthDate().toString());
    }

    private static String pairKeys(Person person) {
        var keys = new StringBuilder("{");
        for (long key : Identity.pairKeys(person.lastName(), person.firstName())) {
            keys.append(keys.length() == 1 ? "" : ",").append(key);
        }
        return keys.append('}').toString();
    }

    private void guardian(@Nullable LegalGuardian guardian) {
        rows.value(guardian != null)
                .value(guardian == null ? null : guardian.lastName())
                .value(guardian == null ? null : guardian.firstName())
                .value(guardian == null ? null : guardian.communeInsee());
    }

    private void phones(Person person) {
        var numbers = new StringBuilder("{");
        var owners = new StringBuilder("{");
        var mobiles = new StringBuilder("{");
        for (Phone phone : person.phones()) {
            String separator = numbers.length() == 1 ? "" : ",";
            numbers.append(separator).append(phone.e164());
            owners.append(separator).append(phone.owner());
            mobiles.append(separator).append(phone.mobile());
        }
        rows.value(numbers.append('}').toString())
                .value(owners.append('}').toString())
                .value(mobiles.append('}').toString());
    }

    /** Tells the server that all rows came. */
    void finish() throws SQLException {
        rows.finish();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
