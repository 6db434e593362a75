package fr.raccroche.list;

import static fr.raccroche.platform.French.dayAndYear;
import static fr.raccroche.platform.French.number;

import fr.raccroche.list.BalanceLine.Example;
import fr.raccroche.list.row.Column;
import fr.raccroche.platform.Json;
import fr.raccroche.youth.IdentityMatch.Doubt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a load would do, or did, in words: line by line with examples, and what somebody has to agree to first. */
@ApplicationScoped
class Balance {

    private final Json json;
    private final LoadMessages messages;
    private final ListMessages lists;

    Balance(Json json, LoadMessages messages, ListMessages lists) {
        this.json = json;
        this.messages = messages;
        this.lists = lists;
    }

    /** What was kept of a load that was read. */
    Preview preview(LoadView load) {
        return json.read(Objects.requireNonNull(load.preview()), Preview.class);
    }

    List<BalanceLine> lines(Preview preview) {
        PreviewCount count = preview.count();
        return List.of(
                line(preview, "Nouveaux", count.created(), "jamais vus, ajoutés", SampleKind.NEW),
                line(
                        preview,
                        "Déjà connus",
                        count.joined(),
                        "connus par une autre liste, ajoutés sans doublon avec leur histoire",
                        null),
                line(preview, "De retour", count.back(), "avaient quitté cette liste", null),
                line(
                        preview,
                        "Modifiés",
                        count.changed(),
                        "le fichier dit quelque chose de nouveau",
                        SampleKind.CHANGED),
                line(preview, "Inchangés", count.unchanged(), "rien à faire", null),
                line(
                        preview,
                        "Retirés",
                        count.withdrawn(),
                        "quittent la liste et ne sont plus appelés",
                        SampleKind.WITHDRAWN),
                line(
                        preview,
                        "Douteux",
                        count.doubtful(),
                        "ressemblent à quelqu'un : à examiner après le chargement, personne n'est appelé d'ici là",
                        SampleKind.DOUBTFUL),
                line(
                        preview,
                        "Déjà suivis",
                        count.followed(),
                        "une structure les a déjà en charge : ils ne sont pas appelés",
                        SampleKind.FOLLOWED),
                line(
                        preview,
                        "Lignes réunies",
                        count.lines(),
                        "autres lignes d'un même jeune, une par responsable par exemple : réunies avec la première",
                        null),
                line(preview, "Rejetés", count.rejected(), "personne n'est appelé depuis ces lignes", null),
                line(
                        preview,
                        "Cellules corrigées",
                        count.corrected(),
                        "la valeur gardée diffère de ce qui était écrit",
                        null),
                line(preview, "Cellules ignorées", count.warnings(), "la ligne est gardée sans elles", null));
    }

    private BalanceLine line(Preview preview, String label, int count, String hint, @Nullable SampleKind kind) {
        List<Example> examples = preview.samples().stream()
                .filter(sample -> sample.kind() == kind)
                .map(this::example)
                .toList();
        return new BalanceLine(label, number(count), hint, examples);
    }

    private Example example(PreviewSample sample) {
        String name = sample.firstName() + " " + sample.lastName();
        String line = sample.line() == 0 ? "" : "ligne " + sample.line();
        String detail = switch (sample.kind()) {
            case CHANGED -> line + ", change : " + columns(sample.detail());
            case DOUBTFUL -> line + ". " + lists.doubt(Doubt.valueOf(sample.detail()));
            case NEW, WITHDRAWN, FOLLOWED -> line;
        };
        return new Example(name, detail);
    }

    /** Columns of the preview for people; a difference it does not name is in a guardian or the order of numbers. */
    private String columns(String names) {
        return names.isEmpty()
                ? "autre chose"
                : Arrays.stream(names.split(","))
                        .map(name -> Column.named(name).map(messages::label).orElse(name))
                        .collect(Collectors.joining(", "));
    }

    /** What somebody has to agree to first; empty when nothing is alarming. */
    List<String> alarms(Preview preview) {
        PreviewCount count = preview.count();
        FileAge age = preview.age();
        var alarms = new ArrayList<String>();
        if (preview.withdrawsMany()) {
            alarms.add("%s personnes sur %s quitteraient la liste : le fichier est-il bien complet ?"
                    .formatted(number(count.withdrawn()), number(preview.listed())));
        }
        if (preview.withdrawsUnseen()) {
            alarms.add(
                    "Lignes illisibles : %s. Les jeunes dont elles parlent peuvent être parmi ceux qui quitteraient la liste."
                            .formatted(number(count.faceless())));
        }
        if (preview.rejectsMost()) {
            alarms.add("%s lignes sur %s seraient rejetées : les colonnes sont-elles les bonnes ?"
                    .formatted(number(count.rejected()), number(count.rows())));
        }
        if (age.isOlder() && age.drawnOn() != null && age.listDrawnOn() != null) {
            alarms.add("Cette liste a été tirée le %s, celle qui est chargée le %s : est-ce bien la plus récente ?"
                    .formatted(day(age.drawnOn()), day(age.listDrawnOn())));
        }
        if (age.replaced() != null) {
            alarms.add("Ce fichier est exactement la version %d, remplacée depuis : la liste reviendrait en arrière."
                    .formatted(age.replaced()));
        }
        if (age.yearOld() && age.drawnOn() != null) {
            alarms.add("Cette liste a été tirée le %s : n'est-ce pas celle de l'an dernier ?"
                    .formatted(day(age.drawnOn())));
        }
        return alarms;
    }

    /** Notes with what there is to know about the file as a whole. */
    List<String> with(List<String> notes, Preview preview) {
        var all = new ArrayList<>(notes);
        preview.remarks().forEach(remark -> all.add(sentence(remark)));
        return all;
    }

    private static String sentence(FileRemark remark) {
        String count = number(remark.count());
        return switch (remark.kind()) {
            case ROWS_HIDDEN ->
                "Lignes masquées ou filtrées dans le classeur, et pas lues : %s. « Revoir les colonnes » permet de les lire."
                        .formatted(count);
            case ROWS_STRUCK ->
                "Lignes barrées dans le classeur, et pas lues : %s. Ces jeunes ne sont pas appelés ; s'ils étaient sur la liste, un fichier complet les retire."
                        .formatted(count);
            case ROWS_READ_ANYWAY ->
                "Lignes masquées, filtrées ou barrées, lues comme vous l'avez demandé : %s.".formatted(count);
            case CELLS_STRUCK ->
                "Cellules ou parties de cellules barrées, et pas lues : %s. Un numéro barré n'est plus appelé."
                        .formatted(count);
            case FORMULAS_WITHOUT_VALUE ->
                "Formules dont le fichier n'a pas le résultat : %s. Elles sont lues comme des cellules vides : ouvrez le fichier dans un tableur, enregistrez-le, puis chargez-le de nouveau."
                        .formatted(count);
            case ERROR_CELLS ->
                "Cellules où le tableur a écrit une erreur (#N/A, #REF!) : %s. Elles sont lues comme vides."
                        .formatted(count);
            case CELLS_BEYOND -> "Cellules au-delà de la dernière colonne, et pas lues : %s.".formatted(count);
            case SHEETS_LEFT ->
                "Feuilles du classeur qui contiennent des lignes et ne sont pas lues : %s.".formatted(remark.detail());
            case ACCENTS_REPAIRED ->
                "Accents abîmés pendant un envoi et rétablis (« LÃ©a » devient « Léa »), dans %s cellules."
                        .formatted(count);
            case NUMBERS_BARRED ->
                "Numéros que le fichier dit faux ou de ne pas appeler : %s. Ils ne sont pas appelés, pour personne, jusqu'à ce que quelqu'un en décide."
                        .formatted(count);
            case DATES_MIXED ->
                "Les dates de naissance mêlent jour/mois et mois/jour : celles qui se lisent dans les deux sens sont rejetées.";
        };
    }

    private static String day(String iso) {
        return dayAndYear(LocalDate.parse(iso));
    }
}
