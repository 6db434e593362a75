package fr.raccroche.desk;

import fr.raccroche.dialing.Agents;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Tells the open pages of an agent that something changed. A lost hint costs nothing: the page also reads by itself. */
@ApplicationScoped
class DeskEvents {

    private static final int PAGES_PER_AGENT = 5;

    private final ConcurrentMap<Long, Set<MultiEmitter<? super String>>> pages = new ConcurrentHashMap<>();

    /** Hints for one page until it closes; the oldest page of too many is closed. */
    Multi<String> of(long agentId) {
        return Multi.createFrom().emitter(page -> {
            Set<MultiEmitter<? super String>> open =
                    pages.computeIfAbsent(agentId, id -> ConcurrentHashMap.newKeySet());
            if (open.size() >= PAGES_PER_AGENT) {
                open.iterator().next().complete();
            }
            open.add(page);
            page.onTermination(() -> open.remove(page));
        });
    }

    void on(@Observes Agents.Changed changed) {
        pages.getOrDefault(changed.agentId(), Set.of()).forEach(page -> page.emit("changed"));
    }
}
