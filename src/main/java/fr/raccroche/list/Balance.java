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

    private static String day(String iso) {
        return dayAndYear(LocalDate.parse(iso));
    }
}
