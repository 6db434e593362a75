package fr.raccroche.list;

import fr.raccroche.list.row.Correction;
import fr.raccroche.platform.French;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A cell whose stored value differs in substance from what was written. */
record CorrectedCell(int line, String field, String written, String value, Correction.Kind kind) {

    private static final Pattern PHONES = Pattern.compile("\\+[0-9]+( \\+[0-9]+)*");

    /** As people write it: phone numbers in groups of two. */
    public String kept() {
        return Arrays.stream(value.split(" "))
                .map(French::phone)
                .collect(Collectors.joining(PHONES.matcher(value).matches() ? ", " : " "));
    }
}
