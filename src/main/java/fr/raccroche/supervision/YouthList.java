package fr.raccroche.supervision;

import fr.raccroche.platform.Sql;
import fr.raccroche.queue.YouthState;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The youths behind a number of the wallboard, a page of them.
 *
 * @param page from 1
 */
record YouthList(Question question, CampaignState.Subject campaign, long count, int page, List<Line> lines) {

    static final int A_PAGE = 50;

    /**
     * Which number.
     *
     * @param state of those in one state
     * @param hour of the day, for calls of one hour; null for the whole day
     */
    record Question(
            Behind behind,
            @Nullable YouthState state,
            @Nullable Integer hour) {}

    /** A youth with where they stand; no number of theirs, which the file shows and notes. */
    record Line(
            long id,
            String lastName,
            String firstName,
            LocalDate birthDate,
            @Nullable String commune,
            YouthState state,
            int attempts,
            @Nullable Instant nextAttemptAt) {}

    public String title() {
        Integer hour = question.hour();
        String label =
                question.behind() == Behind.STATE ? "Jeunes" : question.behind().label();
        return hour == null ? label : label + ", à " + hour + "\u00a0h";
    }

    public boolean more() {
        return (long) page * A_PAGE < count;
    }

    /** The address of another page. */
    public String address(int other) {
        YouthState state = question.state();
        Integer hour = question.hour();
        return "/supervision/youths?campaign=" + campaign.id() + "&behind=" + question.behind()
                + (state == null ? "" : "&state=" + state)
                + (hour == null ? "" : "&hour=" + hour)
                + "&page=" + other;
    }

    static Uni<YouthList> read(Sql sql, CampaignState.Subject campaign, Question question, int page, Day day) {
        String from =
                " from campaign_youth cy join youth y on y.id = cy.youth_id left join commune c on c.insee = y.commune_insee"
                        + " where cy.campaign_id = :campaign and "
                        + question.behind().condition();
        return asked(sql.query("select count(*) as n" + from), campaign, question, day)
                .one(row -> row.id("n"))
                .chain(count -> asked(
                                sql.query("select y.id, y.last_name, y.first_name, y.birth_date,"
                                        + " coalesce(c.name, y.commune_name) as commune, cy.state, cy.attempts, cy.next_attempt_at"
                                        + from
                                        + " order by y.last_name, y.first_name, y.id limit :most offset :skipped"),
                                campaign,
                                question,
                                day)
                        .set("most", A_PAGE)
                        .set("skipped", (page - 1) * A_PAGE)
                        .list(YouthList::line)
                        .map(lines -> new YouthList(question, campaign, count, page, lines)));
    }

    private static Sql.Query asked(Sql.Query query, CampaignState.Subject campaign, Question question, Day day) {
        query.set("campaign", campaign.id());
        switch (question.behind()) {
            case STATE -> query.set("state", question.state());
            case DUE -> query.set("now", day.now());
            case CALLED_AT, REACHED_AT -> {
                Integer hour = question.hour();
                query.set("from", hour == null ? day.start() : day.at(hour));
                query.set("to", hour == null ? day.end() : day.at(hour + 1));
            }
            case ALL, IN_FLIGHT, CALLBACKS, REPLIES, CALLED, REFERRED -> {}
        }
        return query;
    }

    private static Line line(Sql.Row row) {
        return new Line(
                row.id("id"),
                row.text("last_name"),
                row.text("first_name"),
                row.date("birth_date"),
                row.textOrNull("commune"),
                row.constant(YouthState.class, "state"),
                row.integer("attempts"),
                row.instantOrNull("next_attempt_at"));
    }
}
