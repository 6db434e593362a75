package fr.raccroche.list;

import java.util.List;

/** One of the first rows of a file; a line that cannot be cut is one cell. */
record FirstRow(int line, List<String> cells) {}
