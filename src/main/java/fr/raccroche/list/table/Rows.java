package fr.raccroche.list.table;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a file one after the other, whatever kind of file it is. */
public sealed interface Rows extends Closeable permits TextRows, SheetRows {

    /** The next row in which something stands, or null at the end. */
    @Nullable
    TableRow next() throws IOException, Refused;

    /** Skips what stands above a line, sound rows or not. */
    void goTo(int line) throws IOException, Refused;

    /**
     * From now on rows have this many cells: shorter ones are filled up with empty cells.
     *
     * @param named how many of them have a name, the last one of these included
     */
    void expect(int width, int named);

    /** How much of {@link #size} has been read, in bytes. */
    long position();

    /** In bytes. */
    long size();

    /** How many cells so far a spreadsheet calculated. */
    long formulas();

    /** How many of these it kept no value of. */
    long formulasWithoutValue();

    /** How many texts so far had a part that is struck through, and left out. */
    long cutTexts();
}
