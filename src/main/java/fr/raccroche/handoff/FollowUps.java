package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people do with handoffs: a partner calls back and reports, a supervisor watches and chooses structures.
 *
 * <p>What lies outside the scope of the account does not exist (404), on every way in.
 */
@ApplicationScoped
class FollowUps {

    private static final int LONGEST_NOTE = 2000;

    private final Database database;
    private final Clock clock;

    FollowUps(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The parts of the list; {@code QUEUE} holds those that a supervisor must route. */
    enum Tab {
        LATE,
        TO_CALL,
        CONTACTED,
        CLOSED,
        QUEUE
    }

    /** How many handoffs each tab holds. */
    record Counts(int late, int toCall, int contacted, int closed, int queue) {

        public int of(Tab tab) {
            return switch (tab) {
                case LATE -> late;
                case TO_CALL -> toCall;
                case CONTACTED -> contacted;
                case CLOSED -> closed;
                case QUEUE -> queue;
            };
        }

        private Tab mostUrgent() {
            return late > 0 ? Tab.LATE : Tab.TO_CALL;
        }
    }

    /** @param page the first is 0 */
    record Listing(Tab tab, Counts counts, List<Line> lines, int page) {

        public boolean more() {
            return (page + 1) * Lines.PAGE < counts.of(tab);
        }
    }

    /**
     * The three answers of the form.
     *
     * @param version of the handoff that the person was looking at
     * @param result null while the follow-up goes on
     */
    record Report(
            int version,
            boolean reached,
            @Nullable Result result,
            @Nullable String note) {}

    /** @param tab null for the most urgent that is not empty */
    Uni<Listing> list(Account account, @Nullable Tab tab, @Nullable Long structureId, int page) {
        var scope = Scope.of(account);
        LocalDate today = today();
        return database.inTransaction(sql -> Lines.counts(sql, scope, structureId, today)
                .chain(counts -> {
                    Tab shown = tab == null ? counts.mostUrgent() : tab;
                    return Lines.lines(sql, scope, shown, structureId, page, today)
                            .map(lines -> new Listing(shown, counts, lines, page));
                }));
    }

    Uni<List<Recipient>> structures() {
        return database.inTransaction(Routes::structures);
    }

    Uni<Dossier> open(Account account, long id) {
        var scope = Scope.of(account);
        return database.inTransaction(sql -> Lines.line(sql, scope, id, today())
                .map(FollowUps::found)
                .call(line -> AccessLog.record(
                        sql,
                        account,
                        AccessAction.YOUTH_VIEWED,
                        "youth:" + line.youth().id()))
                .chain(line -> dossier(sql, line)));
    }

    private Uni<Dossier> dossier(Sql sql, Line line) {
        return Lines.objected(sql, line.id())
                .chain(objected -> numbers(sql, line, objected)
                        .chain(numbers -> Lines.history(sql, line.id())
                                .map(history -> new Dossier(line, objected, numbers, history))));
    }

    private Uni<List<Dossier.Phone>> numbers(Sql sql, Line line, boolean objected) {
        return objected ? Uni.createFrom().item(List.of()) : Lines.numbers(sql, line.id());
    }

    /** Records what a partner reports and answers the next handoff to call back, null when there is none. */
    Uni<@Nullable Long> report(Account account, long id, Report report) {
        var scope = Scope.of(account);
        requireShort(report.note());
        Instant now = clock.instant();
        return database.inTransaction(sql -> Handoffs.hold(sql, scope, id)
                .map(FollowUps::found)
                .map(handoff -> handoff.unchangedSince(report.version()).report(report.reached(), report.result(), now))
                .chain(step -> Handoffs.save(sql, step.after())
                        .chain(() -> Handoffs.note(sql, id, now, account.id(), step.kind(), report.note())))
                .chain(() -> AccessLog.record(sql, account, AccessAction.HANDOFF_REPORTED, "handoff:" + id))
                .chain(() -> Handoffs.nextToCall(sql, scope, id)));
    }

    /** A supervisor chooses the structure, for one that no commune could route or in place of another. */
    Uni<Void> assign(Account account, long id, int version, long structureId) {
        var scope = Scope.of(account);
        Instant now = clock.instant();
        return database.inTransaction(sql -> Routes.structures(sql)
                .chain(choices -> Handoffs.hold(sql, scope, id)
                        .map(FollowUps::found)
                        .map(handoff ->
                                handoff.unchangedSince(version).assignedTo(choice(choices, handoff, structureId))))
                .chain(assigned -> Handoffs.saveStructure(sql, assigned))
                .chain(() -> Handoffs.note(sql, id, now, account.id(), EventKind.ASSIGNED, null))
                .chain(() -> AccessLog.record(sql, account, AccessAction.HANDOFF_ASSIGNED, "handoff:" + id)));
    }

    private static Recipient choice(List<Recipient> choices, Handoff handoff, long structureId) {
        return choices.stream()
                .filter(structure -> structure.id() == structureId && structure.kind() == handoff.kind())
                .findFirst()
                .orElseThrow(() -> Problem.badRequest(
                        "structure", "Choisissez une structure ouverte, du type que le jeune a accepté."));
    }

    Uni<List<Sent>> sent(Account account, @Nullable Long campaignId) {
        var scope = Scope.of(account);
        return database.inTransaction(sql -> Lines.sent(sql, scope, campaignId));
    }

    private static <T> T found(@Nullable T handoff) {
        if (handoff == null) {
            throw Problem.notFound("Ce dossier n'existe pas, ou il ne vous est pas destiné.");
        }
        return handoff;
    }

    private static void requireShort(@Nullable String note) {
        if (note != null && note.length() > LONGEST_NOTE) {
            throw Problem.badRequest("note", "La note dépasse 2 000 caractères : gardez l'essentiel.");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), PARIS);
    }
}
