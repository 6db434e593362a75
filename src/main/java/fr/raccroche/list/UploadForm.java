package fr.raccroche.list;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;

/**
 * The upload form as it was sent.
 *
 * @param list id of the list it is a version of; empty for a new one
 */
record UploadForm(String list, String name, String source, String referenceDate, boolean complete) {

    private static final int NAME_LENGTH = 120;

    /** A form that nobody has filled in. */
    static UploadForm empty(String list, String referenceDate) {
        return new UploadForm(list, "", "", referenceDate, true);
    }

    /** What was typed, names cut to their length. */
    static UploadForm sent(
            @Nullable String list,
            @Nullable String name,
            @Nullable String source,
            @Nullable String referenceDate,
            boolean complete) {
        return new UploadForm(text(list), cut(text(name)), cut(text(source)), text(referenceDate), complete);
    }

    /** What was typed, for the page that comes again. */
    MultivaluedMap<String, String> typed() {
        var typed = new MultivaluedHashMap<String, String>();
        typed.putSingle("list", list);
        typed.putSingle("name", name);
        typed.putSingle("source", source);
        typed.putSingle("referenceDate", referenceDate);
        typed.putSingle("complete", complete ? "yes" : "no");
        return typed;
    }

    /** Whether the file has additions and changes only. */
    public boolean additions() {
        return !complete;
    }

    public boolean into(long id) {
        return list.equals(Long.toString(id));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /** A name of a list, a source or a file, as long as is kept of it. */
    static String cut(String text) {
        return text.length() <= NAME_LENGTH ? text : text.substring(0, NAME_LENGTH);
    }
}
