package fr.raccroche.campaign;

import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Who changed what of a campaign. */
final class CampaignHistory {

    private static final int SHOWN = 100;
    private static final int SHORT = 140;

    private CampaignHistory() {}

    /**
     * A part of a campaign that was changed.
     *
     * @param was empty where it is too much to be shown
     */
    record Entry(Instant at, String who, CampaignPart part, String was, String became) {

        public boolean isShown() {
            return !was.isEmpty() || !became.isEmpty();
        }

        /** Whether it fits beside its name. */
        public boolean isShort() {
            return was.length() + became.length() <= SHORT;
        }
    }

    /** Notes every part in which {@code after} is not {@code before}. */
    static Uni<Void> record(Sql sql, Campaign before, Campaign after, long account, Instant at) {
        List<CampaignPart> changed = Arrays.stream(CampaignPart.values())
                .filter(part -> !part.of(before).equals(part.of(after)))
                .filter(part -> part != CampaignPart.TEXTS || onlySettings(before, after))
                .toList();
        return InTurn.each(changed, part -> record(sql, part, before, after, account, at));
    }

    /** The letters and the service are parts of their own. */
    private static boolean onlySettings(Campaign before, Campaign after) {
        TextSettings was = before.texts();
        TextSettings is = after.texts();
        return !was.values().equals(is.values())
                || !was.fallbackAfter().equals(is.fallbackAfter())
                || !was.hours().equals(is.hours());
    }

    /** Notes a part whose words are not the campaign's own. */
    static Uni<Void> record(Sql sql, CampaignPart part, Campaign before, Campaign after, long account, Instant at) {
        return sql.update("""
                        insert into campaign_change (campaign_id, account_id, changed_at, part, was, became)
                        values (:campaign, :account, :at, :part, :was, :became)""")
                .set("campaign", after.id())
                .set("account", account)
                .set("at", at)
                .set("part", part)
                .set("was", part.isWords() ? part.of(before) : "")
                .set("became", part.isWords() ? part.of(after) : "")
                .run();
    }

    /** The last changes, newest first. */
    static Uni<List<Entry>> of(Sql sql, long campaign) {
        return sql.query("""
                        select c.changed_at, a.display_name, c.part, c.was, c.became
                        from campaign_change c join account a on a.id = c.account_id
                        where c.campaign_id = :campaign order by c.id desc limit :most""")
                .set("campaign", campaign)
                .set("most", SHOWN)
                .list(row -> new Entry(
                        row.instant("changed_at"),
                        row.text("display_name"),
                        row.constant(CampaignPart.class, "part"),
                        row.text("was"),
                        row.text("became")));
    }
}
