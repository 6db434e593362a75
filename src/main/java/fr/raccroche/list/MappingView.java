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
        List<Choice> targets,
        List<String> notes,
        @Nullable String error) {

    private static final int LONGEST_SAMPLE = 40;
    private static final int LONGEST_LINE = 160;

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
                LayoutChoices.of(mapping.layout(), look.sheets()),
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
                targets,
                notes,
                error);
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
