package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.queue.YouthState;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The supervisor's list of a closed campaign as a table. */
final class LeftTable {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.FRANCE);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm", Locale.FRANCE).withZone(PARIS);
    private static final List<String> HEADER = List.of(
            "ine",
            "nom",
            "prenom",
            "date_naissance",
            "commune",
            "situation",
            "tentatives",
            "rappel_promis",
            "dernier_appel",
            "note",
            "pris_en_charge_par",
            "pris_en_charge_le",
            "suite");

    private LeftTable() {}

    static YouthTable of(EndLists.Leftover left) {
        return left.list().goesToStructures()
                ? UnreachableCsv.table(left.unreached())
                : new YouthTable(
                        HEADER, left.left().stream().map(LeftTable::row).toList());
    }

    private static List<String> row(Left youth) {
        Left.Seen seen = youth.seen();
        return List.of(
                YouthTable.cell(youth.ine()),
                youth.lastName(),
                youth.firstName(),
                DAY.format(youth.birthDate()),
                YouthTable.cell(youth.commune()),
                situation(youth.state()),
                Integer.toString(youth.attempts()),
                moment(youth.promisedAt()),
                moment(youth.lastCallAt()),
                YouthTable.cell(youth.note()),
                seen == null ? "" : seen.by(),
                seen == null ? "" : moment(seen.at()),
                seen == null ? "" : YouthTable.cell(seen.note()));
    }

    private static String moment(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    private static String situation(YouthState state) {
        return switch (state) {
            case PROMISED -> "rappel promis";
            case INTERRUPTED -> "entretien interrompu";
            case REACHED -> "joint, sans entretien";
            case FOREIGN_NUMBER -> "numéro étranger";
            case NEVER_CALLED -> "jamais appelé";
            case UNDER_16 -> "moins de 16 ans";
            case UNREACHABLE -> "sans réponse";
            case WRONG_NUMBER -> "aucun numéro valable";
            case TO_CALL,
                    IN_CALL,
                    CALLBACK,
                    IN_SOLUTION,
                    REFERRED,
                    NO_REFERRAL,
                    REFUSED,
                    OBJECTED,
                    WITHDRAWN,
                    ALREADY_FOLLOWED -> "";
        };
    }
}
