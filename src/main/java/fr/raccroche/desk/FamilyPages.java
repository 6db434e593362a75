package fr.raccroche.desk;

import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.YouthState;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The brothers and sisters who are reached under the number on the line: one call may be about several files. */
@Path("/desk/family.json")
@RolesAllowed(Role.IS_AGENT)
public class FamilyPages {

    /** Another youth of the campaign who is listed under the number on the line. */
    public record Relative(long youthId, String name, YouthState state) {}

    private final SecurityIdentity identity;
    private final Database database;
    private final Attempts attempts;

    FamilyPages(SecurityIdentity identity, Database database, Attempts attempts) {
        this.identity = identity;
        this.database = database;
        this.attempts = attempts;
    }

    /** Those whom the campaign still calls; none without a call. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<Relative>> family() {
        Account agent = Account.of(identity);
        return database.inTransaction(sql -> attempts.peekHeldBy(sql, agent.id())
                .chain(attempt ->
                        attempt == null ? Uni.createFrom().item(List.<Relative>of()) : relatives(sql, attempt)));
    }

    private static Uni<List<Relative>> relatives(Sql sql, Attempt attempt) {
        return sql.query("""
                        select distinct y.id, y.first_name || ' ' || y.last_name as name, q.state
                          from phone_number p
                          join youth y on y.id = p.youth_id
                          join campaign_youth q on q.campaign_id = :campaign and q.youth_id = y.id
                         where p.e164 = :e164 and p.youth_id <> :youth and p.state <> 'WRONG' and q.settled_at is null
                           and not exists (select from objection o where o.youth_id = y.id and o.lifted_at is null)
                         order by y.id""")
                .set("campaign", attempt.campaignId())
                .set("e164", attempt.e164())
                .set("youth", attempt.youthId())
                .list(row -> new Relative(row.id("id"), row.text("name"), row.constant(YouthState.class, "state")));
    }
}
