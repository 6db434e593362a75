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
                line(preview, messages.created(), count.created(), messages.createdHint(), SampleKind.NEW),
                line(preview, messages.joined(), count.joined(), messages.joinedHint(), null),
                line(preview, messages.back(), count.back(), messages.backHint(), null),
                line(preview, messages.changed(), count.changed(), messages.changedHint(), SampleKind.CHANGED),
                line(preview, messages.unchanged(), count.unchanged(), messages.unchangedHint(), null),
                line(preview, messages.withdrawn(), count.withdrawn(), messages.withdrawnHint(), SampleKind.WITHDRAWN),
                line(preview, messages.doubtful(), count.doubtful(), messages.doubtfulHint(), SampleKind.DOUBTFUL),
                line(preview, messages.followed(), count.followed(), messages.followedHint(), SampleKind.FOLLOWED),
                line(preview, messages.rejected(), count.rejected(), messages.rejectedHint(), null),
                line(preview, messages.corrected(), count.corrected(), messages.correctedHint(), null),
                line(preview, messages.dropped(), count.warnings(), messages.droppedHint(), null));
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
        String line = sample.line() == 0 ? "" : messages.onLine(sample.line());
        String detail = switch (sample.kind()) {
            case CHANGED -> line + ", " + messages.differs(columns(sample.detail()));
            case DOUBTFUL -> line + ". " + lists.doubt(Doubt.valueOf(sample.detail()));
            case NEW, WITHDRAWN, FOLLOWED -> line;
        };
        return new Example(name, detail);
    }

    /** Columns of the preview for people; a difference it does not name is in a guardian or the order of numbers. */
    private String columns(String names) {
        return names.isEmpty()
                ? messages.something()
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
            alarms.add(messages.withdrawsMany(number(count.withdrawn()), number(preview.listed())));
        }
        if (preview.withdrawsUnseen()) {
            alarms.add(messages.withdrawsUnseen(number(count.faceless())));
        }
        if (preview.rejectsMost()) {
            alarms.add(messages.rejectsMost(number(count.rejected()), number(count.rows())));
        }
        if (age.isOlder() && age.drawnOn() != null && age.listDrawnOn() != null) {
            alarms.add(messages.older(day(age.drawnOn()), day(age.listDrawnOn())));
        }
        if (age.replaced() != null) {
            alarms.add(messages.replaced(age.replaced()));
        }
        if (age.yearOld() && age.drawnOn() != null) {
            alarms.add(messages.yearOld(day(age.drawnOn())));
        }
        return alarms;
    }

    private static String day(String iso) {
        return dayAndYear(LocalDate.parse(iso));
    }
}
