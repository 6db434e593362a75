package fr.raccroche.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** Claims by bare SQL: what the same server does when nobody asks any rule. */
record RawClaims(BenchDatabase database, Instant now) {

    private static final String CHOICE = """
            select youth_id from campaign_youth where campaign_id = ? and next_attempt_at <= ?
            order by priority desc, next_attempt_at limit 1 for update skip locked""";

    private static final String TAKE = """
            update campaign_youth set state = 'IN_CALL', next_attempt_at = null, attempts = attempts + 1
            where campaign_id = ? and youth_id = ?""";

    private static final String ATTEMPT = """
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                planned_at)
            select ?, p.youth_id, ?, p.id, p.e164, 1, 'INTENT', 'raw-' || p.youth_id, 'raw-' || p.youth_id, ?
            from phone_number p where p.youth_id = ?""";

    private static final String BATCH = """
            with chosen as (
                select youth_id from campaign_youth where campaign_id = ? and next_attempt_at <= ?
                order by priority desc, next_attempt_at limit ? for update skip locked),
            taken as (
                update campaign_youth y set state = 'IN_CALL', next_attempt_at = null, attempts = attempts + 1
                from chosen where y.campaign_id = ? and y.youth_id = chosen.youth_id
                returning y.youth_id)
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                planned_at)
            select ?, p.youth_id, ? + row_number() over () - 1, p.id, p.e164, 1, 'INTENT', 'raw-' || p.youth_id,
                   'raw-' || p.youth_id, ?
            from taken t join phone_number p on p.youth_id = t.youth_id""";

    /** The claim of the textbook: choose one, take it, write it down, commit. */
    BenchClients.Client one(BenchQueue.Campaign campaign) throws SQLException {
        Connection connection = database.open();
        connection.setAutoCommit(false);
        PreparedStatement choose = connection.prepareStatement(CHOICE);
        PreparedStatement take = connection.prepareStatement(TAKE);
        PreparedStatement note = connection.prepareStatement(ATTEMPT);
        return new BenchClients.Client() {
            @Override
            public void run(int number) throws SQLException {
                choose.setLong(1, campaign.id());
                choose.setTimestamp(2, Timestamp.from(now));
                long youth;
                try (ResultSet rows = choose.executeQuery()) {
                    rows.next();
                    youth = rows.getLong(1);
                }
                take.setLong(1, campaign.id());
                take.setLong(2, youth);
                take.executeUpdate();
                note.setLong(1, campaign.id());
                note.setLong(2, campaign.agents().get(number));
                note.setTimestamp(3, Timestamp.from(now));
                note.setLong(4, youth);
                note.executeUpdate();
                connection.commit();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    /** The same for many in one statement. */
    BenchClients.Client many(BenchQueue.Campaign campaign, int size) throws SQLException {
        Connection connection = database.open();
        connection.setAutoCommit(false);
        PreparedStatement claim = connection.prepareStatement(BATCH);
        return new BenchClients.Client() {
            @Override
            public void run(int number) throws SQLException {
                claim.setLong(1, campaign.id());
                claim.setTimestamp(2, Timestamp.from(now));
                claim.setInt(3, size);
                claim.setLong(4, campaign.id());
                claim.setLong(5, campaign.id());
                claim.setLong(6, campaign.agents().get(number * size));
                claim.setTimestamp(7, Timestamp.from(now));
                claim.executeUpdate();
                connection.commit();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }
}
