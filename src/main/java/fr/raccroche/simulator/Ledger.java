package fr.raccroche.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.simulator.people.LegalHours;
import fr.raccroche.simulator.people.Persona;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What really happened on the phones, whatever the product believes: every ring, every outcome, objection and agreement
 * with the business instant at which the product acknowledged it. The figures of a run are computed from here alone.
 *
 * <p>A youth is known by the INE. With a file, entries are appended as they come and read again at the next start.
 */
public final class Ledger implements AutoCloseable {

    /**
     * One phone that rang.
     *
     * @param end when the call was over, answered or not; empty while it lasts
     */
    public record Ring(
            String callSid, String number, Instant start, Optional<Instant> answered, Optional<Instant> end) {

        boolean overlaps(Ring later) {
            return end.map(instant -> instant.isAfter(later.start)).orElse(true);
        }
    }

    /** A text that Twilio took for delivery. */
    public record Sent(String sid, String number, Instant at) {}

    /** Something that was said to whoever was on the line at this number, to its last word. */
    public record Heard(String number, String text, Instant at) {}

    /** A youth agreed to be called back by a structure, and the product said it had noted that. */
    public record Agreement(String ine, String structureKind, Instant at) {}

    /** An agent noted what came of a call, and the product said it had recorded that. */
    public record Noted(String ine, String outcome, Instant at) {}

    /**
     * The figures of a run.
     *
     * @param textsAfterObjection texts to numbers all of whose owners had objected
     * @param ringsToStrangers rings of numbers no youth on the list owns
     * @param agreementsWithoutHandoff empty until the product's handoffs have been compared
     */
    public record Figures(
            int callsRung,
            int maxRingsPerYouth,
            int ringsOutsideHours,
            int simultaneousRings,
            int ringsAfterObjection,
            int textsAfterObjection,
            int ringsToStrangers,
            OptionalLong agreementsWithoutHandoff) {

        /** As other programs read it. */
        public Map<String, @Nullable Object> asJson() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("calls_rung", callsRung);
            json.put("max_rings_per_youth", maxRingsPerYouth);
            json.put("rings_outside_hours", ringsOutsideHours);
            json.put("simultaneous_rings", simultaneousRings);
            json.put("rings_after_objection", ringsAfterObjection);
            json.put(
                    "agreements_without_handoff",
                    agreementsWithoutHandoff.isPresent() ? agreementsWithoutHandoff.getAsLong() : null);
            json.put("texts_after_objection", textsAfterObjection);
            return json;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LegalHours hours = new LegalHours();
    private final Households households;
    private final Map<String, Ring> rings = new LinkedHashMap<>();
    private final Map<String, Integer> ringsByNumber = new HashMap<>();
    private final Map<String, Integer> requestsByNumber = new HashMap<>();
    private final List<Sent> texts = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final Map<String, Instant> objections = new LinkedHashMap<>();
    private final List<Agreement> agreements = new ArrayList<>();
    private final List<Noted> noted = new ArrayList<>();
    private final @Nullable BufferedWriter file;
    private @Nullable Set<String> handedOff;
    private Instant last = Instant.EPOCH;

    private Ledger(Households households, @Nullable BufferedWriter file) {
        this.households = households;
        this.file = file;
    }

    /** A ledger for these people, kept in memory only. */
    public static Ledger inMemory(Collection<Persona> personas) {
        return new Ledger(new Households(personas), null);
    }

    /** A ledger that goes on where {@code path} left off. */
    public static Ledger keptIn(Path path, Collection<Persona> personas) {
        try {
            String kept = Files.exists(path) ? Files.readString(path) : "";
            var writer = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            var ledger = new Ledger(new Households(personas), writer);
            kept.lines().forEach(ledger::replay);
            if (!kept.isEmpty() && !kept.endsWith("\n")) {
                writer.newLine();
            }
            ledger.endCallsCutOff();
            return ledger;
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger cannot be kept in " + path, e);
        }
    }

    static Ledger open(Optional<Path> path, Collection<Persona> personas) {
        return path.map(kept -> keptIn(kept, personas)).orElseGet(() -> inMemory(personas));
    }

    /** The account was asked to call this number, whatever came of it. */
    public void callRequested(String number, Instant at) {
        record("asked", number, "", at);
    }

    /** A text was taken for delivery. */
    public void textAccepted(String sid, String number, Instant at) {
        record("text", sid, number, at);
    }

    /** The phone starts to ring. */
    public void ringStarted(String callSid, String number, Instant at) {
        record("ring", callSid, number, at);
    }

    /** Someone, or a voicemail, picked up. */
    public void ringAnswered(String callSid, Instant at) {
        record("answered", callSid, "", at);
    }

    /** The call is over. */
    public void ringEnded(String callSid, Instant at) {
        record("ended", callSid, "", at);
    }

    /** A person heard the product out. */
    public void heard(String number, String text, Instant at) {
        record("heard", number, text, at);
    }

    /** The product acknowledged that this youth wants no more contact; the first time counts. */
    public void objectionAcknowledged(String ine, Instant at) {
        record("objection", ine, "", at);
    }

    /** As {@link #objectionAcknowledged}, by a text from a number: for every youth who owns it. */
    public void stopAcknowledged(String number, Instant at) {
        households.owners(number).forEach(ine -> objectionAcknowledged(ine, at));
    }

    /** The product acknowledged that this youth agreed to a callback by a structure of this kind. */
    public void agreementAcknowledged(String ine, String structureKind, Instant at) {
        record("agreement", ine, structureKind, at);
    }

    /** The product acknowledged this outcome of a call to this youth. */
    public void outcomeAcknowledged(String ine, String outcome, Instant at) {
        record("noted", ine, outcome, at);
    }

    /** The youths for whom the product says it made a handoff. */
    public synchronized void compareHandoffs(Set<String> ines) {
        handedOff = Set.copyOf(ines);
    }

    public synchronized List<Ring> rings() {
        return List.copyOf(rings.values());
    }

    public synchronized int ringCount() {
        return rings.size();
    }

    /** How often the account was asked to call this number. */
    public synchronized int requestsFor(String number) {
        return requestsByNumber.getOrDefault(number, 0);
    }

    public synchronized List<Sent> texts() {
        return List.copyOf(texts);
    }

    /** What people heard to its end, oldest first. */
    public synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    public synchronized Map<String, Instant> objections() {
        return Map.copyOf(objections);
    }

    public synchronized List<Agreement> agreements() {
        return List.copyOf(agreements);
    }

    public synchronized List<Noted> noted() {
        return List.copyOf(noted);
    }

    synchronized int ringsOf(String number) {
        return ringsByNumber.getOrDefault(number, 0);
    }

    public synchronized Figures figures() {
        return new Figures(
                rings.size(),
                households.smallestMaximum(ringsByNumber),
                (int) rings.values().stream()
                        .filter(ring -> !hours.allow(ring.start))
                        .count(),
                simultaneousRings(),
                (int) rings.values().stream()
                        .filter(ring -> afterObjection(ring.number, ring.start))
                        .count(),
                (int) texts.stream()
                        .filter(text -> afterObjection(text.number, text.at))
                        .count(),
                (int) rings.values().stream()
                        .filter(ring -> households.owners(ring.number).isEmpty())
                        .count(),
                agreementsWithoutHandoff());
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Rings that began while another ring for the same phone, or the same person, was not over. */
    private int simultaneousRings() {
        var byTarget = new HashMap<String, List<Ring>>();
        rings.values().stream()
                .sorted((a, b) -> a.start.compareTo(b.start))
                .forEach(ring -> byTarget.computeIfAbsent(households.soleTarget(ring.number), key -> new ArrayList<>())
                        .add(ring));
        return byTarget.values().stream().mapToInt(Ledger::overlapping).sum();
    }

    private static int overlapping(List<Ring> byStart) {
        int count = 0;
        @Nullable Ring longest = null;
        for (Ring ring : byStart) {
            if (longest != null && longest.overlaps(ring)) {
                count++;
            }
            if (longest == null || endsLater(ring, longest)) {
                longest = ring;
            }
        }
        return count;
    }

    private static boolean endsLater(Ring ring, Ring other) {
        return ring.end.orElse(Instant.MAX).isAfter(other.end.orElse(Instant.MAX));
    }

    /** A number shared with a youth who did not object may be used. */
    private boolean afterObjection(String number, Instant at) {
        Set<String> owners = households.owners(number);
        return !owners.isEmpty()
                && owners.stream().allMatch(ine -> {
                    @Nullable Instant objected = objections.get(ine);
                    return objected != null && at.isAfter(objected);
                });
    }

    private OptionalLong agreementsWithoutHandoff() {
        Set<String> known = handedOff;
        if (known == null) {
            return OptionalLong.empty();
        }
        var agreed = new LinkedHashSet<String>();
        agreements.forEach(agreement -> agreed.add(agreement.ine));
        return OptionalLong.of(
                agreed.stream().filter(ine -> !known.contains(ine)).count());
    }

    private synchronized void record(String kind, String subject, String detail, Instant at) {
        apply(kind, subject, detail, at);
        if (file != null) {
            try {
                file.write(JSON.writeValueAsString(List.of(kind, subject, detail, at.toString())));
                file.newLine();
                file.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("The ledger cannot be written", e);
            }
        }
    }

    private void replay(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            apply(
                    entry.path(0).asText(),
                    entry.path(1).asText(),
                    entry.path(2).asText(),
                    Instant.parse(entry.path(3).asText()));
        } catch (JsonProcessingException e) {
            // the last line may be cut short when the machine stopped while it was written
            return;
        }
    }

    /** A call that lasted when the simulator stopped was over with it; the last thing written is the best known end. */
    private void endCallsCutOff() {
        List<Ring> open =
                rings.values().stream().filter(ring -> ring.end.isEmpty()).toList();
        open.forEach(ring -> ringEnded(ring.callSid, last));
    }

    private void apply(String kind, String subject, String detail, Instant at) {
        last = at.isAfter(last) ? at : last;
        switch (kind) {
            case "asked" -> requestsByNumber.merge(subject, 1, Integer::sum);
            case "text" -> texts.add(new Sent(subject, detail, at));
            case "heard" -> heard.add(new Heard(subject, detail, at));
            case "ring" -> {
                rings.put(subject, new Ring(subject, detail, at, Optional.empty(), Optional.empty()));
                ringsByNumber.merge(detail, 1, Integer::sum);
            }
            case "answered" ->
                rings.computeIfPresent(
                        subject, (sid, ring) -> new Ring(sid, ring.number, ring.start, Optional.of(at), ring.end));
            case "ended" ->
                rings.computeIfPresent(
                        subject, (sid, ring) -> new Ring(sid, ring.number, ring.start, ring.answered, Optional.of(at)));
            case "objection" -> objections.putIfAbsent(subject, at);
            case "noted" -> noted.add(new Noted(subject, detail, at));
            case "agreement" -> agreements.add(new Agreement(subject, detail, at));
            default -> throw new IllegalArgumentException("Unknown ledger entry " + kind);
        }
    }
}
