package fr.raccroche.list;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who is on a list now, by the digest of the cells they came with: a row written as before needs no judging again.
 *
 * <p>Takes about 40 bytes a person; a list too long for that is compared by the database alone.
 */
final class KnownEntries {

    private static final int MOST = 4_000_000;

    private final long[] youths;
    private final long[] digests;
    private final int[] lines;
    private final int[] slots;
    private final int mask;

    private KnownEntries(long[] youths, long[] digests) {
        this.youths = youths;
        this.digests = digests;
        this.lines = new int[youths.length];
        this.slots = new int[Math.max(16, Integer.highestOneBit(Math.max(1, youths.length)) * 4)];
        this.mask = slots.length - 1;
        Arrays.fill(slots, -1);
        for (int i = 0; i < youths.length; i++) {
            int slot = slot(digests[i]);
            while (slots[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i;
        }
    }

    /** Everybody on the list, or null when the list is new or too long. */
    static @Nullable KnownEntries of(LoadSql sql, @Nullable Long list) throws SQLException {
        if (list == null) {
            return null;
        }
        int count = (int) Math.min(
                Integer.MAX_VALUE,
                sql.statement("select count(*) from list_entry where list_id = :list and withdrawn_by is null")
                        .set("list", list)
                        .number());
        if (count == 0 || count > MOST) {
            return null;
        }
        var youths = new long[count];
        var digests = new long[count];
        int[] at = {0};
        sql.statement("""
                        select youth_id, raw_digest from list_entry
                         where list_id = :list and withdrawn_by is null order by youth_id""").set("list", list).each(row -> {
            youths[at[0]] = row.getLong(1);
            digests[at[0]++] = row.getLong(2);
        });
        return new KnownEntries(Arrays.copyOf(youths, at[0]), Arrays.copyOf(digests, at[0]));
    }

    /** Where the person with these cells stands, or -1. */
    int find(long rawDigest) {
        for (int slot = slot(rawDigest); slots[slot] >= 0; slot = (slot + 1) & mask) {
            if (digests[slots[slot]] == rawDigest) {
                return slots[slot];
            }
        }
        return -1;
    }

    /** The line on which the person was met already in this file, or 0; from now on they are met on {@code line}. */
    int meet(int place, int line) {
        int earlier = lines[place];
        if (earlier == 0) {
            lines[place] = line;
        }
        return earlier;
    }

    /** The line on which a youth was met as written before, or 0. */
    int lineOf(long youth) {
        int place = Arrays.binarySearch(youths, youth);
        return place < 0 ? 0 : lines[place];
    }

    /** Those who were not met. */
    interface Missing {
        void youth(long id) throws SQLException;
    }

    void missing(Missing missing) throws SQLException {
        for (int i = 0; i < youths.length; i++) {
            if (lines[i] == 0) {
                missing.youth(youths[i]);
            }
        }
    }

    private int slot(long digest) {
        return (int) (digest ^ (digest >>> 32)) & mask;
    }
}
