package fr.raccroche.list;

import org.jspecify.annotations.Nullable;

/**
 * The upload form as it was sent.
 *
 * @param list id of the list it is a version of; empty for a new one
 * @param error why it was not taken; null when nothing failed
 */
record UploadForm(
        String list,
        String name,
        String source,
        String referenceDate,
        boolean complete,
        @Nullable String error) {

    private static final int NAME_LENGTH = 120;

    /** A form that nobody has filled in. */
    static UploadForm empty(String list, String referenceDate) {
        return new UploadForm(list, "", "", referenceDate, true, null);
    }

    /** What was typed, names cut to their length. */
    static UploadForm sent(
            @Nullable String list,
            @Nullable String name,
            @Nullable String source,
            @Nullable String referenceDate,
            boolean complete) {
        return new UploadForm(text(list), cut(text(name)), cut(text(source)), text(referenceDate), complete, null);
    }

    UploadForm refused(String why) {
        return new UploadForm(list, name, source, referenceDate, complete, why);
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
