package fr.raccroche.list;

import fr.raccroche.list.TableFile.Row;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a file one after the other, whatever kind of file it is. */
sealed interface Rows extends Closeable permits TextRows {

    /** The next row in which something stands, or null at the end. */
    @Nullable
    Row next() throws IOException, Refused;

    /** From now on rows have this many cells: shorter ones are filled up with empty cells. */
    void expect(int width);

    /** How much of {@link #size} has been read, in bytes. */
    long position();

    /** In bytes. */
    long size();
}
