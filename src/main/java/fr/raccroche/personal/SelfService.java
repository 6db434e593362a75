package fr.raccroche.personal;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.ShownNumbers;
import fr.raccroche.dialing.Dialer;
import fr.raccroche.dialing.Prefixes;
import fr.raccroche.dialing.Queue;
import fr.raccroche.dialing.Sweeper;
import fr.raccroche.dialing.Texting;
import fr.raccroche.personal.SelfReports.Kind;
import fr.raccroche.personal.SelfReports.Place;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Places;
import fr.raccroche.queue.Priority;
import fr.raccroche.queue.Promises;
import fr.raccroche.queue.YouthState;
import fr.raccroche.sms.PersonalLinks;
import fr.raccroche.sms.PersonalLinks.Owner;
import fr.raccroche.sms.Texts;
import fr.raccroche.youth.KnownNumbers;
import fr.raccroche.youth.PhoneNumbers;
import fr.raccroche.youth.PhoneNumbers.Usable;
import fr.raccroche.youth.Solution;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a youth answers on the page of their personal link: call me then, I have a solution, do not call me again, a new
 * number. Saying it twice is saying it once.
 */
@ApplicationScoped
class SelfService {

    /**
     * What the page shows.
     *
     * @param number to call, E.164
     * @param slots when a call can be chosen; none when no call is possible any more
     * @param callAt the call that was asked for; null for none
     */
    record View(
            String firstName,
            String service,
            String number,
            List<Slots.Day> slots,
            @Nullable Instant callAt,
            boolean objected) {}

    /** What became of an answer, and of the wish to see the page. */
    sealed interface Result {

        /** The page. */
        record Shown(View view) implements Result {}

        /** Done, or done before. */
        record Done(View view, Kind kind, @Nullable Instant callAt) implements Result {}

        /** Not done: {@code why} says what to do instead. */
        record Refused(View view, Obstacle why) implements Result {}

        /** The link opens nothing. */
        record Unknown() implements Result {}

        /** Too many answers within the hour. */
        record TooMany() implements Result {}
    }

    /** Why an answer was not taken. */
    enum Obstacle {
        /** The moment is not offered, or not any more. */
        NO_SLOT,
        /** An agent has them in hand at this moment. */
        CALLED_NOW,
        /** All attempts are used or the situation is settled. */
        NO_CALL,
        NO_SOLUTION,
        NO_NUMBER,
        NUMBERS_USED
    }

    private static final int POSTS_AN_HOUR = 20;
    private static final int MOST_NUMBERS = 3;

    private final Database database;
    private final PersonalLinks links;
    private final SelfReports reports;
    private final Queue queue;
    private final Campaigns campaigns;
    private final Texting texting;
    private final Texts texts;
    private final Dialer dialer;
    private final Sweeper sweeper;
    private final Prefixes prefixes;
    private final Clock clock;

    SelfService(
            Database database,
            PersonalLinks links,
            SelfReports reports,
            Queue queue,
            Campaigns campaigns,
            Texting texting,
            Texts texts,
            Dialer dialer,
            Sweeper sweeper,
            Prefixes prefixes,
            Clock clock) {
        this.database = database;
        this.links = links;
        this.reports = reports;
        this.queue = queue;
        this.campaigns = campaigns;
        this.texting = texting;
        this.texts = texts;
        this.dialer = dialer;
        this.sweeper = sweeper;
        this.prefixes = prefixes;
        this.clock = clock;
    }

    /** A youth, their campaign, the number that they see, and where they stand. */
    private record Self(Campaign campaign, long youthId, String shown, Place place, Instant now) {

        View view() {
            boolean callable = !place.objected() && canBeCalled();
            return new View(
                    place.firstName(),
                    campaign.texts().service(),
                    shown,
                    callable ? Slots.offered(campaign, now) : List.of(),
                    callable ? place.callAt() : null,
                    place.objected());
        }

        boolean canBeCalled() {
            return !place.state().isFinal() && !place.withdrawn() && place.tries() < campaign.maxAttempts();
        }

        /** Never reached, or without a number so far: what they say now is news. */
        boolean isOpen() {
            return !place.state().isFinal()
                    || place.state() == YouthState.UNREACHABLE
                    || place.state() == YouthState.WRONG_NUMBER;
        }
    }

    private interface Step {
        Uni<Result> take(Sql sql, Self self);
    }

    /** The page; looking at it changes nothing, because messengers look ahead. */
    Uni<Result> view(String token) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> links.owner(sql, token, now)
                .chain(owner -> owner == null
                        ? unknown()
                        : with(sql, owner, false, now, (s, self) -> result(new Result.Shown(self.view())))));
    }

    /** Books the call for {@code at}. */
    Uni<Result> call(String token, @Nullable Instant at) {
        return answer(token, (sql, self) -> call(sql, self, at)).invoke(result -> {
            if (result instanceof Result.Done) {
                dialer.nudge();
            }
        });
    }

    private Uni<Result> call(Sql sql, Self self, @Nullable Instant at) {
        if (self.place().objected() || !self.canBeCalled()) {
            return refused(self, Obstacle.NO_CALL);
        }
        if (self.place().state() == YouthState.IN_CALL) {
            return refused(self, Obstacle.CALLED_NOW);
        }
        if (at == null || (!at.equals(self.place().callAt()) && !Slots.offers(self.campaign(), at, self.now()))) {
            return refused(self, Obstacle.NO_SLOT);
        }
        long campaign = self.campaign().id();
        return Promises.book(sql, campaign, self.youthId(), at, null, self.now())
                .chain(() -> queue.put(
                        sql, campaign, self.youthId(), YouthState.CALLBACK, at, Priority.CALLBACK, self.now()))
                .chain(() -> reports.add(sql, campaign, self.youthId(), Kind.CALL, null, at, self.now()))
                .chain(() -> texts.cancel(sql, self.youthId()))
                .chain(() -> texting.remind(sql, self.campaign(), self.youthId(), at, self.now()))
                .chain(() -> done(self, Kind.CALL, at));
    }

    /** The youth has what they need: settled as after an interview, with themselves as the source. */
    Uni<Result> solution(String token, @Nullable Solution solution) {
        return answer(token, (sql, self) -> solution(sql, self, solution));
    }

    private Uni<Result> solution(Sql sql, Self self, @Nullable Solution solution) {
        if (solution == null) {
            return refused(self, Obstacle.NO_SOLUTION);
        }
        if (self.place().state() == YouthState.IN_CALL) {
            return refused(self, Obstacle.CALLED_NOW);
        }
        long campaign = self.campaign().id();
        Uni<Void> kept = reports.add(sql, campaign, self.youthId(), Kind.SOLUTION, solution, null, self.now());
        return (self.isOpen() ? kept.chain(() -> settle(sql, self)) : kept)
                .chain(() -> done(self, Kind.SOLUTION, null));
    }

    private Uni<Void> settle(Sql sql, Self self) {
        long campaign = self.campaign().id();
        return queue.put(sql, campaign, self.youthId(), YouthState.IN_SOLUTION, null, 0, self.now())
                .chain(() -> texts.cancel(sql, self.youthId()));
    }

    /** The objection, on all ways at once. */
    Uni<Result> object(String token) {
        return answer(
                        token,
                        (sql, self) -> Youths.object(sql, self.youthId(), Youths.Channel.OTHER, self.now())
                                .chain(() -> Places.leaveObjecting(sql, self.youthId(), self.now()))
                                .chain(() -> reports.add(
                                        sql,
                                        self.campaign().id(),
                                        self.youthId(),
                                        Kind.OBJECTION,
                                        null,
                                        null,
                                        self.now()))
                                .chain(() -> texts.cancel(sql, self.youthId()))
                                .chain(() -> done(self, Kind.OBJECTION, null)))
                .call(sweeper::hangUpUnwanted);
    }

    /** Another number, which a call has yet to confirm; who had none that worked is called again. */
    Uni<Result> number(String token, String written) {
        return answer(token, (sql, self) -> number(sql, self, written));
    }

    private Uni<Result> number(Sql sql, Self self, String written) {
        if (!(PhoneNumbers.read(written) instanceof Usable usable) || !prefixes.allow(usable.e164())) {
            return refused(self, Obstacle.NO_NUMBER);
        }
        return KnownNumbers.addOwn(sql, self.youthId(), usable.e164(), usable.mobile(), MOST_NUMBERS)
                .chain(added -> added ? numberAdded(sql, self) : refused(self, Obstacle.NUMBERS_USED));
    }

    private Uni<Result> numberAdded(Sql sql, Self self) {
        Place place = self.place();
        boolean back = place.state() == YouthState.WRONG_NUMBER
                && !place.objected()
                && !place.withdrawn()
                && place.tries() < self.campaign().maxAttempts();
        Uni<Void> kept = reports.add(sql, self.campaign().id(), self.youthId(), Kind.NUMBER, null, null, self.now());
        return (back ? kept.chain(() -> putBack(sql, self)) : kept).chain(() -> done(self, Kind.NUMBER, null));
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
                        self.place().birthDate(),
                        self.place().listedOn(),
                        self.now().atZone(PARIS).toLocalDate()),
                self.now());
    }

    /** Answers are counted before they are read, in a transaction of their own: a refused one counts, too. */
    private Uni<Result> answer(String token, Step step) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> links.writing(sql, token, now)).chain(writing -> {
            if (writing == null) {
                return unknown();
            }
            return writing.posts() > POSTS_AN_HOUR
                    ? result(new Result.TooMany())
                    : database.inTransaction(sql -> with(sql, writing.owner(), true, now, step));
        });
    }

    private Uni<Result> with(Sql sql, Owner owner, boolean lock, Instant now, Step step) {
        return campaigns
                .byId(sql, owner.campaignId())
                .chain(campaign -> reports.place(sql, owner.campaignId(), owner.youthId(), lock)
                        .chain(place -> place == null || campaign.state() == Campaign.State.CLOSED
                                ? unknown()
                                : ShownNumbers.shownTo(sql, campaign, owner.youthId())
                                        .chain(shown -> step.take(
                                                sql, new Self(campaign, owner.youthId(), shown, place, now)))));
    }

    private static Uni<Result> unknown() {
        return result(new Result.Unknown());
    }

    private static Uni<Result> refused(Self self, Obstacle why) {
        return result(new Result.Refused(self.view(), why));
    }

    private static Uni<Result> done(Self self, Kind kind, @Nullable Instant callAt) {
        return result(new Result.Done(self.view(), kind, callAt));
    }

    private static Uni<Result> result(Result result) {
        return Uni.createFrom().item(result);
    }
}
