package fr.raccroche.handoff;

import fr.raccroche.handoff.Unreached.Reason;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The list as a file for spreadsheets: UTF-8 with byte order mark, {@code ;}, French dates.
 *
 * <p>No cell can be taken for a formula, whatever a list from outside contained.
 */
final class UnreachableCsv {

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
        return table(youths).csv();
    }

    static YouthTable table(List<Unreached> youths) {
        return new YouthTable(HEADER, youths.stream().map(UnreachableCsv::row).toList());
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
                .map(YouthTable::cell)
                .toList();
    }

    private static String reason(Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> "sans réponse";
            case WRONG_NUMBER -> "aucun numéro valable";
        };
    }
}
