package fr.raccroche.simulator;

import fr.raccroche.simulator.people.Persona;
import java.nio.file.Path;
import java.time.Duration;
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

    private static final Duration A_DAY = Duration.ofDays(1);

    private final Households households;
    private final Map<String, Ring> rings = new LinkedHashMap<>();
    private final Map<String, Integer> ringsByNumber = new HashMap<>();
    private final Map<String, Integer> requestsByNumber = new HashMap<>();
    private final List<SentText> texts = new ArrayList<>();
    private final List<HeardSentence> heard = new ArrayList<>();
    private final Map<String, Instant> objections = new LinkedHashMap<>();
    private final Noes noes;
    private final List<Agreement> agreements = new ArrayList<>();
    private final List<NotedOutcome> noted = new ArrayList<>();
    private final @Nullable LedgerFile file;
    private @Nullable Set<String> handedOff;
    private Instant last = Instant.EPOCH;

    private Ledger(Households households, @Nullable LedgerFile file) {
        this.households = households;
        this.noes = new Noes(households);
        this.file = file;
    }

    /** A ledger for these people, kept in memory only. */
    public static Ledger inMemory(Collection<Persona> personas) {
        return new Ledger(new Households(personas), null);
    }

    /** A ledger that goes on where {@code path} left off. */
    public static Ledger keptIn(Path path, Collection<Persona> personas) {
        var file = new LedgerFile(path);
        var ledger = new Ledger(new Households(personas), file);
        file.earlier().forEach(ledger::apply);
        ledger.endCallsCutOff();
        return ledger;
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

    /** The product acknowledged a text that wants an end: the number is not to ring, and whose own it is objects. */
    public void stopAcknowledged(String number, Instant at) {
        numberRests(number, Instant.MAX, at);
        households.writer(number).ifPresent(ine -> objectionAcknowledged(ine, at));
    }

    /** The product acknowledged that this phone is not to ring before {@code until}. */
    public void numberRests(String number, Instant until, Instant at) {
        record("rests", number, until.toString(), at);
    }

    /** The product acknowledged a no on this phone of one of those whom it leads to: the others hear nothing for a day. */
    public void noOnThePhone(String number, Instant at) {
        numberRests(number, households.owners(number).size() > 1 ? at.plus(A_DAY) : Instant.MAX, at);
    }

    /** The product acknowledged that this youth is to be called at {@code hour}, and not before. */
    public void hourNamed(String ine, Instant hour, Instant at) {
        record("named", ine, hour.toString(), at);
    }

    /** The same, by a text from a number: for the youth whose own it is. */
    public void hourNamedBy(String number, Instant hour, Instant at) {
        households.writer(number).ifPresent(ine -> hourNamed(ine, hour, at));
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

    public synchronized List<SentText> texts() {
        return List.copyOf(texts);
    }

    /** What people heard to its end, oldest first. */
    public synchronized List<HeardSentence> heard() {
        return List.copyOf(heard);
    }

    public synchronized Map<String, Instant> objections() {
        return Map.copyOf(objections);
    }

    public synchronized List<Agreement> agreements() {
        return List.copyOf(agreements);
    }

    public synchronized List<NotedOutcome> noted() {
        return List.copyOf(noted);
    }

    synchronized int ringsOf(String number) {
        return ringsByNumber.getOrDefault(number, 0);
    }

    public synchronized Figures figures() {
        return Figures.of(
                rings.values(), ringsByNumber, texts, objections, noes, households, agreementsWithoutHandoff());
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    private OptionalLong agreementsWithoutHandoff() {
        Set<String> known = handedOff;
        if (known == null) {
            return OptionalLong.empty();
        }
        var agreed = new LinkedHashSet<String>();
        agreements.forEach(agreement -> agreed.add(agreement.ine()));
        return OptionalLong.of(
                agreed.stream().filter(ine -> !known.contains(ine)).count());
    }

    private void record(String kind, String subject, String detail, Instant at) {
        record(new LedgerEntry(kind, subject, detail, at));
    }

    private synchronized void record(LedgerEntry entry) {
        apply(entry);
        if (file != null) {
            file.append(entry);
        }
    }

    /** A call that lasted when the simulator stopped was over with it; the last thing written is the best known end. */
    private void endCallsCutOff() {
        List<Ring> open =
                rings.values().stream().filter(ring -> ring.end().isEmpty()).toList();
        open.forEach(ring -> ringEnded(ring.callSid(), last));
    }

    private void apply(LedgerEntry entry) {
        String subject = entry.subject();
        String detail = entry.detail();
        Instant at = entry.at();
        last = at.isAfter(last) ? at : last;
        switch (entry.kind()) {
            case "asked" -> requestsByNumber.merge(subject, 1, Integer::sum);
            case "text" -> texts.add(new SentText(subject, detail, at));
            case "heard" -> heard.add(new HeardSentence(subject, detail, at));
            case "ring" -> {
                rings.put(subject, new Ring(subject, detail, at, Optional.empty(), Optional.empty()));
                ringsByNumber.merge(detail, 1, Integer::sum);
            }
            case "answered" -> rings.computeIfPresent(subject, (sid, ring) -> ring.answeredAt(at));
            case "ended" -> rings.computeIfPresent(subject, (sid, ring) -> ring.endedAt(at));
            case "objection" -> {
                objections.putIfAbsent(subject, at);
                noes.objected(subject, at);
            }
            case "noted" -> {
                noted.add(new NotedOutcome(subject, detail, at));
                noes.noted(subject, detail, at);
            }
            case "rests" -> noes.rests(subject, Instant.parse(detail), at);
            case "named" -> noes.named(subject, Instant.parse(detail), at);
            case "agreement" -> agreements.add(new Agreement(subject, detail, at));
            default -> throw new IllegalArgumentException("Unknown ledger entry " + entry.kind());
        }
    }
}
