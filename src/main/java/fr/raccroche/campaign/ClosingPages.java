package fr.raccroche.campaign;

import fr.raccroche.platform.Database;
import fr.raccroche.queue.EndList;
import fr.raccroche.queue.Ends;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What closing a campaign would do, counted, before somebody closes it. */
@Path("/campaigns/{id}/closing")
@RolesAllowed(Role.IS_SUPERVISOR)
class ClosingPages {

    private final Database database;
    private final Campaigns campaigns;
    private final Clock clock;

    ClosingPages(Database database, Campaigns campaigns, Clock clock) {
        this.database = database;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance page(Campaign campaign, Closing closing);
    }

    /** A list that somebody will find, and how many youths on it. */
    record ListLeft(EndList list, long youths) {}

    /** @param open whether it can still be closed */
    record Closing(Ends.Count count, boolean open) {

        public List<ListLeft> lists() {
            return Arrays.stream(EndList.values())
                    .map(list -> new ListLeft(list, count.of(list)))
                    .filter(left -> left.youths() > 0)
                    .toList();
        }
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page(@PathParam("id") long id) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns
                .required(sql, id)
                .chain(campaign -> Ends.count(sql, id, now)
                        .map(count -> Templates.page(
                                campaign, new Closing(count, campaign.state().allows(Campaign.State.CLOSED))))));
    }
}
