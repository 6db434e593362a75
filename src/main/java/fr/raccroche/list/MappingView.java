package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.Layout;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a file for the eye.
 *
 * @param layout how the file is read, in words
 * @param top its first lines, to find the names of the columns among them
 * @param lines of the first rows that are shown
 * @param choices what a column may become
 * @param error why the last thing asked for was not done; null when nothing failed
 */
record MappingView(
        LoadView load,
        String layout,
        LayoutChoices ways,
        List<TopLine> top,
        List<Integer> lines,
        List<FileColumn> columns,
        List<Choice> choices,
        List<String> problems,
        boolean rejectFile,
        Asked asked,
        List<Choice> targets,
        List<String> notes,
        @Nullable String error) {

    private static final int LONGEST_SAMPLE = 40;
    private static final int LONGEST_LINE = 160;

    /**
     * What somebody has to decide about the file.
     *
     * @param aside a sentence about rows that are hidden or struck through; empty where there are none
     * @param readAside whether they are read
     * @param further sheets that can be read too
     * @param left names of sheets that cannot
     * @param dates a sentence about the order of the dates; empty where it is clear
     */
    record Asked(
            String aside,
            boolean readAside,
            boolean owners,
            List<Choice> further,
            String left,
            String dates,
            boolean monthFirst) {}

    /** One column of the file with its first cells, and what it becomes; empty when it is not read. */
    record FileColumn(String header, List<String> cells, String chosen, boolean wrong) {}

    /** One of the first lines of a file. */
    record TopLine(int number, String text) {}

    static MappingView of(
            LoadView load,
            FileLook look,
            List<String> notes,
            List<Choice> targets,
            @Nullable String error,
            LoadMessages messages) {
        Mapping mapping = look.mapping();
        return new MappingView(
                load,
                described(mapping.layout()),
                LayoutChoices.of(mapping.layout(), look.sheets(), look.hidden()),
                look.top().stream()
                        .map(row -> new TopLine(row.line(), shortened(row.raw(), LONGEST_LINE)))
                        .toList(),
                look.rows().stream().map(FirstRow::line).toList(),
                columns(look),
                Column.all().stream()
                        .map(column -> new Choice(column.name(), messages.label(column), false))
                        .toList(),
                mapping.problems().stream()
                        .map(problem -> sentence(mapping, problem, messages))
                        .toList(),
                mapping.isRejectFile(),
                asked(mapping, look.shape()),
                targets,
                notes,
                error);
    }

    private static Asked asked(Mapping mapping, FileShape shape) {
        Layout layout = mapping.layout();
        return new Asked(
                shape.aside() == 0
                        ? ""
                        : "%s%d ligne(s) du classeur sont masquées, filtrées ou barrées, en tout ou en partie. Ce qui est caché ou barré n'est pas lu, sauf si vous cochez la case."
                                .formatted(shape.more() ? "Au moins " : "", shape.aside()),
                layout.extent().setAside(),
                layout.extent().ownersAbove(),
                shape.sheets().stream()
                        .filter(FileShape.OtherSheet::fits)
                        .map(sheet -> new Choice(
                                sheet.name(),
                                named(sheet),
                                layout.extent().furtherSheets().contains(sheet.name())))
                        .toList(),
                shape.sheets().stream()
                        .filter(sheet -> !sheet.fits())
                        .map(MappingView::named)
                        .collect(Collectors.joining(", ")),
                shape.monthFirst() == 0 && !mapping.monthFirst()
                        ? ""
                        : "Dans le début du fichier, %d date(s) ont le mois en premier (03/15/2009) et %d se lisent dans les deux sens. Un seul ordre vaut pour toute la colonne : une date qui ne le suit pas est rejetée."
                                .formatted(shape.monthFirst(), shape.unclear()),
                mapping.monthFirst());
    }

    private static String named(FileShape.OtherSheet sheet) {
        return sheet.hidden() ? sheet.name() + " (masquée)" : sheet.name();
    }

    private static String described(Layout layout) {
        return layout.charset() == null
                ? "Classeur, feuille « %s », noms des colonnes à la ligne %d."
                        .formatted(Objects.requireNonNullElse(layout.sheet(), ""), layout.headerLine())
                : "Texte en %s, cellules séparées par %s, noms des colonnes à la ligne %d."
                        .formatted(
                                LayoutChoices.name(layout.charset()),
                                LayoutChoices.name(layout.separator()),
                                layout.headerLine());
    }

    private static List<FileColumn> columns(FileLook look) {
        Mapping mapping = look.mapping();
        List<Integer> twice = mapping.problems().stream()
                .flatMap(problem -> problem.places().stream())
                .toList();
        return IntStream.range(0, mapping.headers().size())
                .mapToObj(i -> new FileColumn(
                        mapping.headers().get(i),
                        look.rows().stream().map(row -> cell(row.cells(), i)).toList(),
                        Optional.ofNullable(mapping.columns().get(i))
                                .map(Column::name)
                                .orElse(""),
                        twice.contains(i)))
                .toList();
    }

    private static String cell(List<String> cells, int i) {
        return shortened(i < cells.size() ? cells.get(i) : "", LONGEST_SAMPLE);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private static String sentence(Mapping mapping, Mapping.Problem problem, LoadMessages messages) {
        return switch (problem.flaw()) {
            case MISSING -> "Il manque une colonne : %s.".formatted(messages.label(problem.column()));
            case NO_PHONE -> "Aucune colonne ne donne de téléphone : ni du jeune, ni d'un responsable.";
            case TWICE ->
                "« %s » est choisi pour plusieurs colonnes : %s."
                        .formatted(
                                messages.label(problem.column()),
                                problem.places().stream()
                                        .map(place -> header(mapping, place, messages))
                                        .collect(Collectors.joining(", ")));
        };
    }

    private static String header(Mapping mapping, int place, LoadMessages messages) {
        String header = mapping.headers().get(place);
        return header.isEmpty() ? messages.column() + " " + (place + 1) : header;
    }
}
