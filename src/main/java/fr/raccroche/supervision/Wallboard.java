package fr.raccroche.supervision;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.DialingConfig;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.YouthState;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.supervision.CampaignState.Subject;
import fr.raccroche.supervision.Figures.Progress;
import fr.raccroche.supervision.Figures.Today;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the wallboard shows, and the hint that it has changed. */
@ApplicationScoped
class Wallboard {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Database database;
    private final Figures figures;
    private final Chores chores;
    private final Campaigns campaigns;
    private final DialingConfig dialing;
    private final Clock clock;

    Wallboard(
            Database database,
            Figures figures,
            Chores chores,
            Campaigns campaigns,
            DialingConfig dialing,
            Clock clock) {
        this.database = database;
        this.figures = figures;
        this.chores = chores;
        this.campaigns = campaigns;
        this.dialing = dialing;
        this.clock = clock;
    }

    /** Campaigns to look at: running ones first, then those that pause. */
    Uni<List<Subject>> open() {
        return database.inTransaction(figures::open);
    }

    /** 404 when there is no such campaign. */
    Uni<CampaignState> state(long campaignId) {
        Day day = Day.of(clock.instant());
        return database.inTransaction(sql -> campaign(sql, campaignId)
                .chain(campaign ->
                        figures.today(sql, campaignId, day).chain(today -> state(sql, campaign, day, today))));
    }

    /** 404 when there is no such campaign. */
    Uni<Board> board(long campaignId) {
        Day day = Day.of(clock.instant());
        return database.inTransaction(sql -> campaign(sql, campaignId).chain(campaign -> board(sql, campaign, day)));
    }

    /** Whom a number counts; that somebody saw them is noted. 404 when there is no such campaign. */
    Uni<YouthList> youths(Account account, long campaignId, YouthList.Question question, int page) {
        Day day = Day.of(clock.instant());
        return database.inTransaction(sql -> campaign(sql, campaignId)
                .chain(campaign -> YouthList.read(sql, campaign, question, page, day))
                .call(list -> AccessLog.record(sql, account, AccessAction.YOUTHS_LISTED, "campaign:" + campaignId)));
    }

    private Uni<Board> board(Sql sql, Subject campaign, Day day) {
        return figures.today(sql, campaign.id(), day)
                .chain(today -> state(sql, campaign, day, today).chain(state -> board(sql, state, day, today)));
    }

    /**
     * A hint each time the board has changed, looked for every two seconds of real time. A look that fails is skipped:
     * the next one tells.
     */
    Multi<Board> changes(long campaignId) {
        return Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(
                        tick -> board(campaignId).onFailure().recoverWithUni(this::skipped))
                .skip()
                .repetitions();
    }

    private Uni<@Nullable Board> skipped(Throwable failure) {
        Log.debugf(failure, "The wallboard was not read. The next look is in %d s.", LOOK.toSeconds());
        return Nothing.found();
    }

    private Uni<Subject> campaign(Sql sql, long campaignId) {
        return figures.campaign(sql, campaignId).map(campaign -> {
            if (campaign == null) {
                throw Campaigns.unknown();
            }
            return campaign;
        });
    }

    private Uni<CampaignState> state(Sql sql, Subject campaign, Day day, Today today) {
        return figures.progress(sql, campaign.id())
                .chain(progress -> figures.now(sql, campaign, day)
                        .chain(now -> withinHours(sql, campaign, day, now))
                        .chain(now -> figures.agents(sql, campaign.id())
                                .map(agents -> new CampaignState(
                                        campaign,
                                        progress.stream()
                                                .mapToLong(Progress::youths)
                                                .sum(),
                                        states(progress),
                                        now.dueNow(),
                                        now.inFlight(),
                                        now.nextDueAt(),
                                        today.attempts(),
                                        Board.share(today.reached(), today.ended()),
                                        now.referrals(),
                                        progress.stream()
                                                .mapToLong(Progress::attempts)
                                                .sum(),
                                        now.overdueHandoffs(),
                                        now.openCallbacks(),
                                        now.outboxPending(),
                                        now.telephony(),
                                        agents))));
    }

    /** Youths who are due outside the campaign's hours wait for the next opening. */
    private Uni<Figures.Now> withinHours(Sql sql, Subject subject, Day day, Figures.Now now) {
        Instant due = now.nextDueAt();
        return due == null
                ? Uni.createFrom().item(now)
                : campaigns.byId(sql, subject.id()).map(campaign -> withinHours(campaign, day.now(), now, due));
    }

    private Figures.Now withinHours(Campaign campaign, Instant at, Figures.Now now, Instant due) {
        Duration margin = dialing.margin();
        if (campaign.hours().isOpen(at, margin) && !due.isAfter(at)) {
            return now;
        }
        return now.waitingUntil(campaign.hours().nextOpening(due.isAfter(at) ? due : at, margin));
    }

    private Uni<Board> board(Sql sql, CampaignState state, Day day, Today today) {
        long id = state.campaign().id();
        return figures.hours(sql, id, day)
                .chain(hours -> figures.waiting(sql, id)
                        .chain(waiting -> chores.toDo(sql, day.now())
                                .map(toDo ->
                                        new Board(state, day.date(), today.youthsReached(), hours, waiting, toDo))));
    }

    /** What waits for a supervisor, whether any campaign is open or not. */
    Uni<ToDo> toDo() {
        Instant now = clock.instant();
        return database.inTransaction(sql -> chores.toDo(sql, now));
    }

    /** Calls that were promised and are still to come. */
    Uni<List<PromisedCallback>> callbacks() {
        Instant now = clock.instant();
        return database.inTransaction(sql -> chores.callbacks(sql, now));
    }

    private static Map<YouthState, Long> states(List<Progress> progress) {
        var states = new EnumMap<YouthState, Long>(YouthState.class);
        for (YouthState state : YouthState.values()) {
            states.put(state, 0L);
        }
        progress.forEach(row -> states.put(row.state(), row.youths()));
        return states;
    }
}
