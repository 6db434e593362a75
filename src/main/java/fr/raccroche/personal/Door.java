package fr.raccroche.personal;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.ShownNumbers;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.sms.PersonalLinks;
import fr.raccroche.sms.PersonalLinks.Owner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** The way in by a personal link: who opens it, for which campaign, and how often they may answer. */
@ApplicationScoped
class Door {

    private static final int POSTS_AN_HOUR = 20;

    private final Database database;
    private final PersonalLinks links;
    private final Campaigns campaigns;
    private final Clock clock;

    Door(Database database, PersonalLinks links, Campaigns campaigns, Clock clock) {
        this.database = database;
        this.links = links;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /** What a youth does on their page, in one transaction; their place in the queue is locked. */
    interface Deed {
        Uni<Result> perform(Sql sql, Self self);
    }

    /** The page; looking at it changes nothing, because messengers look ahead. */
    Uni<Result> view(String token) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> links.owner(sql, token, now)
                .chain(owner -> owner == null
                        ? unknown()
                        : enter(sql, owner, false, now, (s, self) -> Result.of(new Result.Shown(self.view())))));
    }

    /** Answers are counted before they are read, in a transaction of their own: a refused one counts, too. */
    Uni<Result> answer(String token, Deed deed) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> links.writing(sql, token, now)).chain(writing -> {
            if (writing == null) {
                return unknown();
            }
            return writing.posts() > POSTS_AN_HOUR
                    ? Result.of(new Result.TooMany())
                    : database.inTransaction(sql -> enter(sql, writing.owner(), true, now, deed));
        });
    }

    private Uni<Result> enter(Sql sql, Owner owner, boolean lock, Instant now, Deed deed) {
        return campaigns
                .byId(sql, owner.campaignId())
                .chain(campaign -> SelfReports.standing(sql, owner.campaignId(), owner.youthId(), lock)
                        .chain(standing -> standing == null || campaign.state() == Campaign.State.CLOSED
                                ? unknown()
                                : ShownNumbers.shownTo(sql, campaign, owner.youthId())
                                        .chain(shown -> deed.perform(
                                                sql, new Self(campaign, owner.youthId(), shown, standing, now)))));
    }

    private static Uni<Result> unknown() {
        return Result.of(new Result.Unknown());
    }
}
