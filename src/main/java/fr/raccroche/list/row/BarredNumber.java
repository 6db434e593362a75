package fr.raccroche.list.row;

/**
 * A number of which a file says that nobody is to call it.
 *
 * @param e164 {@code +} and digits
 * @param said what the words beside it mean: {@code PHONE_NOT_TO_CALL}, {@code PHONE_SAID_WRONG} or {@code PHONE_TEXT_ONLY}
 * @param words the cell as it was written
 */
public record BarredNumber(String e164, RowIssue said, String words) {}
