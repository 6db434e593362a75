package fr.raccroche.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The softphones of all agents, one for each identity. */
final class Headsets {

    private final Timeline timeline;
    private final Switchboard switchboard;
    private final Map<String, Headset> byIdentity = new ConcurrentHashMap<>();

    Headsets(Timeline timeline, Switchboard switchboard) {
        this.timeline = timeline;
        this.switchboard = switchboard;
    }

    Headset of(String identity) {
        return byIdentity.computeIfAbsent(identity, key -> new Headset(key, timeline, switchboard));
    }

    Optional<Headset> find(String identity) {
        return Optional.ofNullable(byIdentity.get(identity));
    }

    /** The headset whose leg has this SID. */
    Optional<Headset> withLeg(String callSid) {
        return byIdentity.values().stream()
                .filter(headset -> headset.callSid().filter(callSid::equals).isPresent())
                .findFirst();
    }
}
