package fr.raccroche.campaign;

import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the database knows of the numbers of the account, and of the campaigns that show them. */
public final class ShownNumbers {

    private ShownNumbers() {}

    /** Every number that was ever shown or may be, active ones first. */
    static Uni<List<CallerNumber>> known(Sql sql) {
        return sql.query("select * from caller_number order by active desc, e164")
                .list(ShownNumbers::number);
    }

    /** Numbers of the account that nobody described yet get the category that they show. */
    static Uni<Void> learn(Sql sql, List<String> account) {
        return InTurn.each(
                account,
                e164 -> sql.update("""
                        insert into caller_number (e164, category) values (:e164, :category)
                        on conflict do nothing""")
                        .set("e164", e164)
                        .set("category", CallerNumber.categoryOf(e164))
                        .run());
    }

    /** Describes a number anew; false when there is none like it. */
    static Uni<Boolean> describe(Sql sql, CallerNumber number) {
        return sql.update("""
                        update caller_number set category = :category, label = :label,
                               departement = cast(:departement as text), active = :active
                        where e164 = :e164""")
                .set("category", number.category())
                .set("label", number.label())
                .set("departement", number.departement())
                .set("active", number.active())
                .set("e164", number.e164())
                .count()
                .map(count -> count == 1);
    }

    /** The numbers that a campaign shows: its pool, or the one number that it names where the pool is empty. */
    public static Uni<CallerNumbers> pool(Sql sql, Campaign campaign) {
        return sql.query("""
                        select k.*, n.share from campaign_number n join caller_number k on k.e164 = n.e164
                        where n.campaign_id = :campaign order by k.e164""")
                .set("campaign", campaign.id())
                .list(row -> new CallerNumbers.Pooled(number(row), row.integer("share")))
                .map(pool -> new CallerNumbers(pool.isEmpty() ? List.of(only(campaign.callerNumber())) : pool));
    }

    /** The number that a youth of the campaign sees, and is told: the one from before, while the campaign has it. */
    public static Uni<String> shownTo(Sql sql, Campaign campaign, long youthId) {
        return pool(sql, campaign)
                .chain(pool -> sql.query("""
                        select y.shown_number, m.departement from campaign_youth y
                        join youth t on t.id = y.youth_id left join commune m on m.insee = t.commune_insee
                        where y.campaign_id = :campaign and y.youth_id = :youth""")
                        .set("campaign", campaign.id())
                        .set("youth", youthId)
                        .one(row ->
                                pool.shownTo(youthId, row.textOrNull("departement"), row.textOrNull("shown_number"))))
                .map(shown -> shown == null ? campaign.callerNumber() : shown);
    }

    private static CallerNumbers.Pooled only(String e164) {
        return new CallerNumbers.Pooled(new CallerNumber(e164, CallerNumber.categoryOf(e164), "", null, true), 1);
    }

    /**
     * The campaign shows these numbers from now on, by these shares.
     *
     * @param shares not empty
     */
    static Uni<Void> setPool(Sql sql, long campaignId, Map<String, Integer> shares) {
        return sql.update("delete from campaign_number where campaign_id = :campaign")
                .set("campaign", campaignId)
                .run()
                .chain(() -> InTurn.each(
                        shares.entrySet(),
                        share -> sql.update("""
                                insert into campaign_number (campaign_id, e164, share)
                                values (:campaign, :e164, :share)""")
                                .set("campaign", campaignId)
                                .set("e164", share.getKey())
                                .set("share", share.getValue())
                                .run()))
                .chain(() -> sql.update("update campaign set version = version + 1 where id = :campaign")
                        .set("campaign", campaignId)
                        .run());
    }

    /** A campaign that shows a number. */
    record Showing(long id, String name, Campaign.Mode mode) {}

    /** The campaigns that show a number, by the number; newest first, closed ones left out. */
    static Uni<Map<String, List<Showing>>> showing(Sql sql) {
        return sql.query("""
                        select n.e164, c.id, c.name, c.mode
                        from campaign_number n join campaign c on c.id = n.campaign_id
                        where c.state <> 'CLOSED' order by c.id desc""")
                .list(row -> Map.entry(
                        row.text("e164"),
                        new Showing(row.id("id"), row.text("name"), row.constant(Campaign.Mode.class, "mode"))))
                .map(all -> all.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    private static CallerNumber number(Sql.Row row) {
        return new CallerNumber(
                row.text("e164"),
                row.constant(CallerNumber.Category.class, "category"),
                row.text("label"),
                row.textOrNull("departement"),
                row.flag("active"));
    }
}
