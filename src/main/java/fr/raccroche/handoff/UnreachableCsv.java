package fr.raccroche.handoff;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import fr.raccroche.handoff.Unreached.Reason;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The list as a file for spreadsheets: UTF-8 with byte order mark, {@code ;}, French dates.
 *
 * <p>No cell can be taken for a formula, whatever a list from outside contained.
 */
final class UnreachableCsv {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.FRANCE);
    private static final List<String> HEADER = List.of(
            "ine",
            "nom",
            "prenom",
            "date_naissance",
            "age",
            "adresse",
            "code_postal",
            "commune",
            "code_insee",
            "motif",
            "tentatives",
            "numeros_essayes",
            "mission_locale",
            "groupe_prij");

    private UnreachableCsv() {}

    static String of(List<Unreached> youths) {
        var text = new StringWriter();
        text.write(BYTE_ORDER_MARK);
        var csv = CsvWriter.builder()
                .bufferSize(0)
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.REQUIRED)
                .build(text);
        csv.writeRecord(HEADER);
        youths.forEach(youth -> csv.writeRecord(row(youth)));
        return text.toString();
    }

    private static List<String> row(Unreached youth) {
        return Stream.of(
                        youth.ine(),
                        youth.lastName(),
                        youth.firstName(),
                        DAY.format(youth.birthDate()),
                        Integer.toString(youth.age()),
                        youth.address(),
                        youth.postalCode(),
                        youth.commune(),
                        youth.communeInsee(),
                        reason(youth.reason()),
                        Integer.toString(youth.attempts()),
                        Integer.toString(youth.numbersTried()),
                        youth.missionLocale(),
                        youth.prijGroup())
                .map(UnreachableCsv::harmless)
                .toList();
    }

    private static String reason(Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> "sans réponse";
            case WRONG_NUMBER -> "aucun numéro valable";
        };
    }

    private static String harmless(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return "";
        }
        return FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
