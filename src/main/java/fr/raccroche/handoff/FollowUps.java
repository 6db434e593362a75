package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
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
import java.util.Objects;
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

    /** The parts of the list; {@code QUEUE} and {@code RETURNED} hold those that wait for a supervisor. */
    enum Tab {
        LATE,
        TO_CALL,
        CONTACTED,
        CLOSED,
        /** No commune says which structure. */
        QUEUE,
        /** The structure could not reach them. */
        RETURNED;

        /** Whether only a supervisor has to do with it. */
        public boolean isSupervisors() {
            return this == QUEUE || this == RETURNED;
        }
    }

    /** How many handoffs each tab holds. */
    record Counts(int late, int toCall, int contacted, int closed, int queue, int returned) {

        Counts(int late, int toCall, int contacted, int closed, int queue) {
            this(late, toCall, contacted, closed, queue, 0);
        }

        public int of(Tab tab) {
            return switch (tab) {
                case LATE -> late;
                case TO_CALL -> toCall;
                case CONTACTED -> contacted;
                case CLOSED -> closed;
                case QUEUE -> queue;
                case RETURNED -> returned;
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
                .chain(objected ->
                        numbers(sql, line, objected).chain(numbers -> dossier(sql, line, objected, numbers)));
    }

    private static Uni<Dossier> dossier(Sql sql, Line line, boolean objected, List<Dossier.Phone> numbers) {
        return particulars(sql, line, objected)
                .chain(particulars -> Lines.history(sql, line.id())
                        .map(history -> new Dossier(line, objected, particulars, numbers, history)));
    }

    private static Uni<Dossier.Particulars> particulars(Sql sql, Line line, boolean objected) {
        return objected ? Uni.createFrom().item(Dossier.Particulars.WITHHELD) : Lines.particulars(sql, line.id());
    }

    private Uni<List<Dossier.Phone>> numbers(Sql sql, Line line, boolean objected) {
        return objected ? Uni.createFrom().item(List.of()) : Lines.numbers(sql, line.id());
    }

    /** Records what a partner reports and answers the next handoff to call back, null when there is none. */
    Uni<@Nullable Long> report(Account account, long id, Report report) {
        return report(account, id, report, null);
    }

    /** @param to the structure that goes on, for {@link Result#REDIRECTED}; {@link #SUPERVISOR_CHOOSES} if nobody knows */
    Uni<@Nullable Long> report(Account account, long id, Report report, @Nullable Long to) {
        var scope = Scope.of(account);
        requireShort(report.note());
        Instant now = clock.instant();
        return database.inTransaction(sql -> Handoffs.hold(sql, scope, id)
                .map(FollowUps::found)
                .chain(handoff -> target(sql, report, handoff, to)
                        .map(target -> new Way(
                                handoff.unchangedSince(report.version()).report(report.reached(), report.result(), now),
                                target)))
                .chain(way -> Handoffs.save(sql, way.step().after())
                        .chain(() -> Handoffs.noteMove(
                                sql, id, now, account.id(), way.step().kind(), null, way.toStructure(), report.note()))
                        .chain(() -> redirect(sql, way, account, report, now)))
                .chain(() -> AccessLog.record(sql, account, AccessAction.HANDOFF_REPORTED, "handoff:" + id))
                .chain(() -> Handoffs.nextToCall(sql, scope, id)));
    }

    /** No structure is named: a supervisor chooses. */
    static final long SUPERVISOR_CHOOSES = 0;

    /**
     * Where a redirected youth goes.
     *
     * @param structure null when a supervisor has to choose
     */
    private record Target(StructureKind kind, @Nullable Long structure) {}

    /** @param target null where the youth goes nowhere else */
    private record Way(Handoff.Step step, @Nullable Target target) {

        @Nullable
        Long toStructure() {
            return target == null ? null : target.structure();
        }
    }

    private static Uni<@Nullable Target> target(Sql sql, Report report, Handoff handoff, @Nullable Long to) {
        if (report.result() != Result.REDIRECTED) {
            return Nothing.found();
        }
        if (to == null) {
            throw Problem.badRequest(
                    "redirected-where",
                    "Dites vers quelle structure ce jeune est orienté : son dossier y sera ouvert.");
        }
        if (to == SUPERVISOR_CHOOSES) {
            return Uni.createFrom().item(new Target(handoff.kind(), null));
        }
        return Routes.structures(sql)
                .map(choices -> choices.stream()
                        .filter(structure ->
                                structure.id() == to && !Objects.equals(structure.id(), handoff.structureId()))
                        .findFirst()
                        .map(structure -> new Target(structure.kind(), structure.id()))
                        .orElseThrow(() ->
                                Problem.badRequest("redirected-where", "Choisissez une autre structure, ouverte.")));
    }

    private static Uni<Void> redirect(Sql sql, Way way, Account account, Report report, Instant now) {
        Target target = way.target();
        Handoff before = way.step().after();
        return target == null
                ? Nothing.happens()
                : Handoffs.redirect(sql, before.id(), target.kind(), target.structure())
                        .chain(id -> Handoffs.noteMove(
                                sql,
                                id,
                                now,
                                account.id(),
                                EventKind.REDIRECTED,
                                before.structureId(),
                                target.structure(),
                                report.note()));
    }

    /** What was closed by mistake goes on: by the structure within some days, by a supervisor at any time, with a reason. */
    Uni<Void> reopen(Account account, long id, int version, @Nullable String reason) {
        var scope = Scope.of(account);
        boolean supervisor = scope.structureId() == null;
        requireShort(reason);
        if (supervisor && reason == null) {
            throw Problem.badRequest("reason", "Dites pourquoi ce dossier est rouvert : la structure le lira.");
        }
        Instant now = clock.instant();
        return database.inTransaction(sql -> Handoffs.hold(sql, scope, id)
                .map(FollowUps::found)
                .map(handoff -> handoff.unchangedSince(version).reopened(supervisor, now))
                .call(() -> Handoffs.hasTwin(sql, id).invoke(FollowUps::requireNoTwin))
                .chain(open -> Handoffs.save(sql, open))
                .chain(() -> Handoffs.note(sql, id, now, account.id(), EventKind.REOPENED, reason))
                .chain(() -> AccessLog.record(sql, account, AccessAction.HANDOFF_REPORTED, "handoff:" + id)));
    }

    private static void requireNoTwin(boolean twin) {
        if (twin) {
            throw Problem.conflict(
                    "handoff-twin", "Ce jeune a déjà un autre dossier ouvert, du même type. Rien n'a été changé.");
        }
    }

    /** Keeps what somebody typed, whatever became of the handoff meanwhile. */
    Uni<Void> write(Account account, long id, String note) {
        var scope = Scope.of(account);
        requireShort(note);
        Instant now = clock.instant();
        return database.inTransaction(sql -> Handoffs.hold(sql, scope, id)
                .map(FollowUps::found)
                .chain(() -> Handoffs.note(sql, id, now, account.id(), EventKind.NOTED, note))
                .chain(() -> AccessLog.record(sql, account, AccessAction.HANDOFF_REPORTED, "handoff:" + id)));
    }

    /** A supervisor took care of a youth whom the structure could not reach. */
    Uni<Void> seeReturn(Account account, long id, @Nullable String note) {
        var scope = Scope.of(account);
        requireShort(note);
        Instant now = clock.instant();
        return database.inTransaction(sql -> Handoffs.hold(sql, scope, id)
                .map(FollowUps::found)
                .chain(() -> Handoffs.seeReturn(sql, id, now))
                .chain(seen -> seen
                        ? Handoffs.note(sql, id, now, account.id(), EventKind.RETURN_SEEN, note)
                        : Nothing.happens())
                .chain(() -> AccessLog.record(sql, account, AccessAction.HANDOFF_REPORTED, "handoff:" + id)));
    }

    /**
     * Where a handoff went that the account's structure had before; null when it never had it. What its people typed
     * meanwhile goes to the structure that has it now.
     *
     * @param note null when nothing was typed
     */
    Uni<@Nullable Moved> moved(Account account, long id, @Nullable String note) {
        var scope = Scope.of(account);
        requireShort(note);
        Instant now = clock.instant();
        return database.inTransaction(sql -> Lines.moved(sql, id, scope.structureId())
                .call(moved -> moved == null || note == null
                        ? Nothing.happens()
                        : Handoffs.note(sql, id, now, account.id(), EventKind.NOTED, note)
                                .chain(() -> AccessLog.record(
                                        sql, account, AccessAction.HANDOFF_REPORTED, "handoff:" + id))));
    }

    /** A supervisor chooses the structure, for one that no commune could route or in place of another. */
    Uni<Void> assign(Account account, long id, int version, long structureId) {
        var scope = Scope.of(account);
        Instant now = clock.instant();
        return database.inTransaction(sql -> Routes.structures(sql)
                .chain(choices -> Handoffs.hold(sql, scope, id)
                        .map(FollowUps::found)
                        .chain(handoff -> move(
                                sql,
                                account,
                                handoff.structureId(),
                                handoff.unchangedSince(version).assignedTo(choice(choices, handoff, structureId)),
                                now)))
                .chain(() -> AccessLog.record(sql, account, AccessAction.HANDOFF_ASSIGNED, "handoff:" + id)));
    }

    private static Uni<Void> move(Sql sql, Account account, @Nullable Long from, Handoff assigned, Instant now) {
        return Handoffs.saveStructure(sql, assigned)
                .chain(() -> Handoffs.noteMove(
                        sql, assigned.id(), now, account.id(), EventKind.ASSIGNED, from, assigned.structureId(), null));
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
