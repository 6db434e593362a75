package fr.raccroche.personal;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.dialing.Dialer;
import fr.raccroche.dialing.Prefixes;
import fr.raccroche.dialing.Queue;
import fr.raccroche.dialing.Sweeper;
import fr.raccroche.dialing.Texting;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Noes;
import fr.raccroche.queue.Priority;
import fr.raccroche.queue.Promises;
import fr.raccroche.queue.YouthState;
import fr.raccroche.sms.Texts;
import fr.raccroche.youth.KnownNumbers;
import fr.raccroche.youth.PhoneNumbers;
import fr.raccroche.youth.PhoneNumbers.Usable;
import fr.raccroche.youth.Solution;
import fr.raccroche.youth.Telephones;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a youth answers on the page of their personal link: call me then, I have a solution, do not call me again, a new
 * number. Saying it twice is saying it once.
 */
@ApplicationScoped
class SelfService {

    private static final int MOST_NUMBERS = 3;

    private final Door door;
    private final Queue queue;
    private final Texting texting;
    private final Texts texts;
    private final Dialer dialer;
    private final Sweeper sweeper;
    private final Prefixes prefixes;

    SelfService(
            Door door, Queue queue, Texting texting, Texts texts, Dialer dialer, Sweeper sweeper, Prefixes prefixes) {
        this.door = door;
        this.queue = queue;
        this.texting = texting;
        this.texts = texts;
        this.dialer = dialer;
        this.sweeper = sweeper;
        this.prefixes = prefixes;
    }

    /** Books the call for {@code at}. */
    Uni<Result> call(String token, @Nullable Instant at) {
        return door.answer(token, (sql, self) -> call(sql, self, at)).invoke(result -> {
            if (result instanceof Result.Done) {
                dialer.nudge();
            }
        });
    }

    private Uni<Result> call(Sql sql, Self self, @Nullable Instant at) {
        if (self.standing().objected() || !self.canBeCalled()) {
            return Result.refused(self, Obstacle.NO_CALL);
        }
        if (self.standing().state() == YouthState.IN_CALL) {
            return Result.refused(self, Obstacle.CALLED_NOW);
        }
        if (at == null || (!at.equals(self.standing().callAt()) && !Slots.offers(self.campaign(), at, self.now()))) {
            return Result.refused(self, Obstacle.NO_SLOT);
        }
        long campaign = self.campaign().id();
        return Promises.book(sql, campaign, self.youthId(), at, null, self.now())
                .chain(() -> queue.put(
                        sql, campaign, self.youthId(), YouthState.CALLBACK, at, Priority.CALLBACK, self.now()))
                .chain(() -> SelfReports.add(sql, campaign, self.youthId(), ReportKind.CALL, null, at, self.now()))
                .chain(() -> texts.cancel(sql, self.youthId()))
                .chain(() -> texting.remind(sql, self.campaign(), self.youthId(), at, self.now()))
                .chain(() -> Result.done(self, ReportKind.CALL, at));
    }

    /** The youth has what they need: settled as after an interview, with themselves as the source. */
    Uni<Result> solution(String token, @Nullable Solution solution) {
        return door.answer(token, (sql, self) -> solution(sql, self, solution));
    }

    private Uni<Result> solution(Sql sql, Self self, @Nullable Solution solution) {
        if (solution == null) {
            return Result.refused(self, Obstacle.NO_SOLUTION);
        }
        if (self.standing().state() == YouthState.IN_CALL) {
            return Result.refused(self, Obstacle.CALLED_NOW);
        }
        long campaign = self.campaign().id();
        Uni<Void> kept =
                SelfReports.add(sql, campaign, self.youthId(), ReportKind.SOLUTION, solution, null, self.now());
        return (self.isOpen() ? kept.chain(() -> settle(sql, self)) : kept)
                .chain(() -> Result.done(self, ReportKind.SOLUTION, null));
    }

    private Uni<Void> settle(Sql sql, Self self) {
        long campaign = self.campaign().id();
        return queue.put(sql, campaign, self.youthId(), YouthState.IN_SOLUTION, null, 0, self.now())
                .chain(() -> texts.cancel(sql, self.youthId()));
    }

    /** The objection, on all ways at once. */
    Uni<Result> object(String token) {
        return door.answer(
                        token,
                        (sql, self) -> Noes.onThePage(sql, self.youthId(), self.now())
                                .chain(() -> SelfReports.add(
                                        sql,
                                        self.campaign().id(),
                                        self.youthId(),
                                        ReportKind.OBJECTION,
                                        null,
                                        null,
                                        self.now()))
                                .chain(() -> texts.cancel(sql, self.youthId()))
                                .chain(() -> Result.done(self, ReportKind.OBJECTION, null)))
                .call(sweeper::hangUpUnwanted);
    }

    /** Another number, which a call has yet to confirm; who had none that worked is called again. */
    Uni<Result> number(String token, String written) {
        return door.answer(token, (sql, self) -> number(sql, self, written));
    }

    private Uni<Result> number(Sql sql, Self self, String written) {
        if (!(PhoneNumbers.read(written) instanceof Usable usable) || !prefixes.allow(usable.e164())) {
            return Result.refused(self, Obstacle.NO_NUMBER);
        }
        return Telephones.confirm(sql, usable.e164(), self.now())
                .chain(() -> KnownNumbers.addOwn(sql, self.youthId(), usable.e164(), usable.mobile(), MOST_NUMBERS))
                .chain(added -> added ? numberAdded(sql, self) : Result.refused(self, Obstacle.NUMBERS_USED));
    }

    private Uni<Result> numberAdded(Sql sql, Self self) {
        Standing standing = self.standing();
        boolean back = (standing.state() == YouthState.WRONG_NUMBER || standing.state() == YouthState.FOREIGN_NUMBER)
                && !standing.objected()
                && !standing.withdrawn()
                && standing.tries() < self.campaign().maxAttempts();
        Uni<Void> kept =
                SelfReports.add(sql, self.campaign().id(), self.youthId(), ReportKind.NUMBER, null, null, self.now());
        return (back ? kept.chain(() -> putBack(sql, self)) : kept)
                .chain(() -> Result.done(self, ReportKind.NUMBER, null));
    }

    private Uni<Void> putBack(Sql sql, Self self) {
        return queue.put(
                sql,
                self.campaign().id(),
                self.youthId(),
                YouthState.TO_CALL,
                self.now(),
                Priority.of(
                        false,
                        self.standing().birthDate(),
                        self.standing().listedOn(),
                        self.now().atZone(PARIS).toLocalDate()),
                self.now());
    }
}
