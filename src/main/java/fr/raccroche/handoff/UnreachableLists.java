package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CampaignClosed;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Unreached.ToRoute;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
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
import java.util.LinkedHashMap;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * At the end of a campaign, passes those never reached to the mission locale and to the PRIJ group of their commune
 * (R07, Actes des Assises). Both receive them, so each list names the other.
 */
@ApplicationScoped
class UnreachableLists {

    private final Database database;
    private final Outbox outbox;
    private final UnreachableYouths youths;
    private final Clock clock;

    UnreachableLists(Database database, Outbox outbox, UnreachableYouths youths, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.youths = youths;
        this.clock = clock;
    }

    /** @param campaign the one shown; null when the structure never received a list */
    record Received(
            List<Unreached.Campaign> campaigns, Unreached.@Nullable Campaign campaign, List<Unreached> youths) {}

    /** @param campaign its name, for the file's */
    record Export(String campaign, List<Unreached> youths) {}

    @Incoming(Outbox.CAMPAIGNS_CLOSED)
    Uni<Void> on(String payload) {
        var event = outbox.read(payload, CampaignClosed.class);
        return database.inTransaction(sql -> youths.toRoute(sql, event.campaignId())
                .chain(all -> add(sql, event, StructureKind.MISSION_LOCALE, all)
                        .chain(() -> add(sql, event, StructureKind.PRIJ, all))));
    }

    private Uni<Void> add(Sql sql, CampaignClosed event, StructureKind kind, List<ToRoute> all) {
        return Routes.routing(sql, kind, null).chain(routing -> {
            var routes = new LinkedHashMap<Long, Routing.Route>();
            all.forEach(youth -> routes.put(youth.youthId(), routing.decide(youth.homes())));
            return youths.add(sql, event.campaignId(), kind, routes, event.at());
        });
    }

    /**
     * What a partner's structure received.
     *
     * @param campaignId null for the latest
     */
    Uni<Received> received(Account account, @Nullable Long campaignId) {
        Long structure = Scope.of(account).structureId();
        if (structure == null) {
            throw Problem.notFound("Cette liste est celle d'une structure.");
        }
        return database.inTransaction(sql -> youths.campaigns(sql, structure)
                .chain(campaigns -> received(sql, structure, campaigns, chosen(campaigns, campaignId)))
                .call(received -> viewed(sql, account, received)));
    }

    private static Uni<Void> viewed(Sql sql, Account account, Received received) {
        return received.campaign() == null
                ? Nothing.happens()
                : AccessLog.record(
                        sql,
                        account,
                        AccessAction.UNREACHABLE_VIEWED,
                        "campaign:" + received.campaign().id());
    }

    private Uni<Received> received(
            Sql sql, long structure, List<Unreached.Campaign> campaigns, Unreached.@Nullable Campaign campaign) {
        if (campaign == null) {
            return Uni.createFrom().item(new Received(campaigns, null, List.of()));
        }
        return youths.received(sql, campaign.id(), structure, today())
                .map(list -> new Received(campaigns, campaign, list));
    }

    private static Unreached.@Nullable Campaign chosen(List<Unreached.Campaign> campaigns, @Nullable Long campaignId) {
        if (campaignId == null) {
            return campaigns.isEmpty() ? null : campaigns.getFirst();
        }
        return campaigns.stream()
                .filter(campaign -> campaign.id() == campaignId)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Votre structure n'a pas reçu de liste de cette campagne."));
    }

    /** Everyone unreached of a campaign, for a supervisor. */
    Uni<Export> export(Account account, long campaignId) {
        return database.inTransaction(sql -> youths.campaignName(sql, campaignId)
                .chain(name -> {
                    if (name == null) {
                        throw Campaigns.unknown();
                    }
                    return AccessLog.record(sql, account, AccessAction.UNREACHABLE_EXPORTED, "campaign:" + campaignId)
                            .chain(() -> youths.all(sql, campaignId, today()))
                            .map(list -> new Export(name, list));
                }));
    }

    private LocalDate today() {
        return day(clock.instant());
    }

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, PARIS);
    }
}
