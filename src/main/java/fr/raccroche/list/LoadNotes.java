package fr.raccroche.list;

import static fr.raccroche.platform.French.dayAndYear;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What else is known about a file: the same one loaded before, another one of the list under way. */
@ApplicationScoped
class LoadNotes {

    private final LoadMessages messages;

    LoadNotes(LoadMessages messages) {
        this.messages = messages;
    }

    Uni<List<String>> of(Sql sql, LoadView load) {
        return Lists.twins(sql, load.id())
                .chain(twins -> Loads.rivals(sql, load.id()).map(rivals -> notes(load, twins, rivals)));
    }

    private List<String> notes(LoadView load, List<TwinVersion> twins, List<LoadView> rivals) {
        var notes = new ArrayList<String>();
        if (load.state() == LoadState.PREVIEW && load.refusal() != null) {
            notes.add(messages.changedMeanwhile());
        }
        twins.stream().filter(twin -> !alarms(load, twin)).map(this::note).forEach(notes::add);
        rivals.forEach(rival -> notes.add(
                "Un autre fichier de cette liste est en cours : %s. Le second chargé sera d'abord comparé de nouveau à ce que le premier aura fait."
                        .formatted(rival.fileName())));
        return notes;
    }

    /** Whether the preview says the same, and louder. */
    private static boolean alarms(LoadView load, TwinVersion twin) {
        return load.state() == LoadState.PREVIEW
                && !twin.latest()
                && Objects.equals(load.listId(), (Long) twin.listId());
    }

    private String note(TwinVersion twin) {
        String day = dayAndYear(twin.loadedAt());
        return twin.latest()
                ? "Ce fichier est, octet pour octet, celui de la version %d de « %s », chargée le %s : le charger de nouveau ne changera rien."
                        .formatted(twin.number(), twin.listName(), day)
                : "Ce fichier est celui de la version %d de « %s », chargée le %s. Une version plus récente a été chargée depuis : celui-ci ramènerait la liste en arrière."
                        .formatted(twin.number(), twin.listName(), day);
    }
}
