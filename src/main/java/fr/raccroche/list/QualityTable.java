package fr.raccroche.list;

import fr.raccroche.list.table.WorkbookWriter;
import fr.raccroche.platform.French;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The quality of a list as a table: for the eye, and as a workbook. */
@ApplicationScoped
class QualityTable {

    private static final int SCHOOLS_SHOWN = 200;

    private final QualityMessages messages;

    QualityTable(QualityMessages messages) {
        this.messages = messages;
    }

    /** One figure of the whole list, as it is shown. */
    record Measure(String label, String value) {}

    /** One school, its figures as they are shown in the order of the columns. */
    record SchoolLine(String school, List<String> cells) {}

    record QualityView(
            ListOverview list,
            List<Measure> whole,
            List<String> columns,
            List<SchoolLine> schools,
            boolean more,
            int few) {}

    QualityView view(ListOverview list, Quality quality) {
        List<String> columns = columns();
        List<Object> whole = cells(quality.whole());
        var measures = new ArrayList<Measure>();
        for (int i = 0; i < columns.size(); i++) {
            measures.add(new Measure(columns.get(i), shown(whole.get(i))));
        }
        return new QualityView(
                list,
                measures,
                columns,
                quality.schools().stream()
                        .limit(SCHOOLS_SHOWN)
                        .map(school -> new SchoolLine(
                                name(school),
                                cells(school).stream().map(QualityTable::shown).toList()))
                        .toList(),
                quality.schools().size() > SCHOOLS_SHOWN,
                Quality.FEW);
    }

    private static String name(School school) {
        return school.uai().equals(Quality.NO_SCHOOL) ? "non renseigné" : school.uai();
    }

    private static List<String> columns() {
        return List.of(
                "Lignes",
                "Jeunes sur la liste",
                "Avec un téléphone valable",
                "Sans téléphone utilisable",
                "Date de naissance absente ou invraisemblable",
                "Moins de 16 ans",
                "Doublons",
                "Lignes rejetées en tout",
                "Cellules corrigées",
                "Lignes douteuses",
                "Jeunes retirés",
                "Jeunes appelés",
                "Jeunes joints",
                "Déjà en solution, parmi les joints",
                "Numéros faux ou hors service, parmi les appelés");
    }

    /** In the order of {@link #columns}: a number, a share, or why there is none. */
    private static List<Object> cells(School school) {
        return List.of(
                school.rows(),
                school.people(),
                share(school.withPhone()),
                school.noPhone(),
                school.noBirthDate(),
                school.under16(),
                school.duplicates(),
                school.rejectedRows(),
                school.corrected(),
                school.doubtful(),
                school.withdrawn(),
                school.called(),
                school.reached(),
                school.reached() > 0 && !school.tellsResults() ? "trop peu" : share(school.inSolutionShare()),
                share(school.deadShare()));
    }

    private static Object share(@Nullable Double share) {
        return share == null ? "—" : new WorkbookWriter.Share(share);
    }

    private static String shown(Object cell) {
        return switch (cell) {
            case Integer number -> French.number(number);
            case WorkbookWriter.Share share -> French.percent(share.part());
            default -> cell.toString();
        };
    }

    /** Writes the workbook; {@code out} is left open. */
    void write(ListOverview list, Quality quality, LocalDate today, OutputStream out) throws IOException {
        try (var workbook = new WorkbookWriter(out)) {
            workbook.sheet(messages.whole(), List.of("Mesure", "Valeur"));
            workbook.row(List.of("Liste", list.name()));
            workbook.row(List.of("Établie par", Objects.requireNonNullElse(list.source(), "—")));
            workbook.row(List.of("Bilan du", today));
            List<String> columns = columns();
            List<Object> whole = cells(quality.whole());
            for (int i = 0; i < columns.size(); i++) {
                workbook.row(List.of(columns.get(i), whole.get(i)));
            }
            workbook.row(Arrays.asList(messages.few(Quality.FEW), null));
            workbook.row(Arrays.asList(messages.scope(), null));
            var header = new ArrayList<String>();
            header.add(messages.school());
            header.addAll(columns);
            workbook.sheet(messages.bySchool(), header);
            for (School school : quality.schools()) {
                var row = new ArrayList<Object>();
                row.add(name(school));
                row.addAll(cells(school));
                workbook.row(row);
            }
        }
    }
}
