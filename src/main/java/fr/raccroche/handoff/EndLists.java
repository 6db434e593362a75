package fr.raccroche.handoff;

import fr.raccroche.campaign.Campaigns;
import fr.raccroche.handoff.LeftYouths.Closed;
import fr.raccroche.handoff.LeftYouths.Size;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.EndList;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What closed campaigns leave, for the supervisor: each youth who needs somebody, on one list, until somebody took care. */
@ApplicationScoped
class EndLists {

    private static final int LONGEST_NOTE = 500;

    private final Database database;
    private final UnreachableYouths unreachable;
    private final Clock clock;

    EndLists(Database database, UnreachableYouths unreachable, Clock clock) {
        this.database = database;
        this.unreachable = unreachable;
        this.clock = clock;
    }

    /**
     * One list of one closed campaign.
     *
     * @param campaign null when none is closed
     * @param left the youths of whom the supervisor must think
     * @param unreached the youths, where structures receive them
     */
    record Leftover(
            List<Closed> campaigns,
            @Nullable Closed campaign,
            Map<EndList, Size> sizes,
            EndList list,
            List<Left> left,
            List<Unreached> unreached,
            LocalDate today) {

        public List<EndList> lists() {
            return Arrays.stream(EndList.values()).filter(sizes::containsKey).toList();
        }

        public Size size(EndList one) {
            return sizes.getOrDefault(one, new Size(0, 0));
        }
    }

    /**
     * @param campaignId null for the first where somebody waits
     * @param asked null for the first list on which somebody waits
     */
    Uni<Leftover> leftover(Account account, @Nullable Long campaignId, @Nullable EndList asked) {
        LocalDate today = UnreachableLists.day(clock.instant());
        return database.inTransaction(sql -> LeftYouths.campaigns(sql).chain(campaigns -> {
            Closed campaign = chosen(campaigns, campaignId);
            return campaign == null
                    ? Uni.createFrom()
                            .item(new Leftover(
                                    campaigns, null, Map.of(), EndList.UNREACHABLE, List.of(), List.of(), today))
                    : leftover(sql, account, campaigns, campaign, asked, today);
        }));
    }

    private Uni<Leftover> leftover(
            Sql sql,
            Account account,
            List<Closed> campaigns,
            Closed campaign,
            @Nullable EndList asked,
            LocalDate today) {
        return LeftYouths.sizes(sql, campaign.id())
                .chain(sizes -> {
                    EndList list = asked == null ? first(sizes) : asked;
                    return LeftYouths.on(sql, campaign.id(), list)
                            .chain(youths -> (list.goesToStructures()
                                            ? unreachable.all(sql, campaign.id(), today)
                                            : Uni.createFrom().item(List.<Unreached>of()))
                                    .map(unreached ->
                                            new Leftover(campaigns, campaign, sizes, list, youths, unreached, today)));
                })
                .call(() ->
                        AccessLog.record(sql, account, AccessAction.UNREACHABLE_VIEWED, "campaign:" + campaign.id()));
    }

    /** What was promised comes first, what others look after last. */
    private static EndList first(Map<EndList, Size> sizes) {
        return Arrays.stream(EndList.values())
                .filter(list -> !list.goesToStructures())
                .filter(list -> sizes.getOrDefault(list, new Size(0, 0)).waiting() > 0)
                .findFirst()
                .orElse(EndList.UNREACHABLE);
    }

    private static @Nullable Closed chosen(List<Closed> campaigns, @Nullable Long campaignId) {
        if (campaignId == null) {
            return campaigns.isEmpty() ? null : campaigns.getFirst();
        }
        return campaigns.stream()
                .filter(campaign -> campaign.id() == campaignId)
                .findFirst()
                .orElseThrow(Campaigns::unknown);
    }

    /** Somebody took care of a youth, who need not wait any longer. */
    Uni<Void> see(Account account, long campaignId, long youthId, EndList list, @Nullable String note) {
        if (note != null && note.length() > LONGEST_NOTE) {
            throw Problem.badRequest("note", "La note dépasse 500 caractères : gardez l'essentiel.");
        }
        Instant now = clock.instant();
        return database.inTransaction(sql -> LeftYouths.see(sql, campaignId, youthId, list, account.id(), note, now)
                .chain(seen -> seen
                        ? AccessLog.record(sql, account, AccessAction.UNREACHABLE_VIEWED, "youth:" + youthId)
                        : Nothing.happens()));
    }

    /** A mark that was set by mistake goes. */
    Uni<Void> unsee(Account account, long campaignId, long youthId) {
        return database.inTransaction(sql -> LeftYouths.unsee(sql, campaignId, youthId)
                .chain(() -> AccessLog.record(sql, account, AccessAction.UNREACHABLE_VIEWED, "youth:" + youthId)));
    }
}
