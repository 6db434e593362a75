package fr.raccroche.handoff;

import fr.raccroche.handoff.EndLists.Leftover;
import fr.raccroche.handoff.UnreachableLists.Received;
import fr.raccroche.list.table.WorkbookWriter;
import fr.raccroche.platform.Workers;
import fr.raccroche.queue.EndList;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Whom a closed campaign leaves: a structure reads the youths of its territory whom no call reached, a supervisor all
 * lists, until somebody took care of each youth.
 */
@Path("/unreachable")
class UnreachablePages {

    private static final String CSV = "text/csv; charset=UTF-8";

    private final UnreachableLists received;
    private final EndLists lists;
    private final Workers workers;
    private final SecurityIdentity identity;

    UnreachablePages(UnreachableLists received, EndLists lists, Workers workers, SecurityIdentity identity) {
        this.received = received;
        this.lists = lists;
        this.workers = workers;
        this.identity = identity;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(Received received);

        static native TemplateInstance left(Leftover left);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<TemplateInstance> list(@RestQuery @Nullable Long campaign, @RestQuery @Nullable EndList list) {
        Account account = Account.of(identity);
        return account.role() == Role.SUPERVISOR
                ? lists.leftover(account, campaign, list).map(Templates::left)
                : received.received(account, campaign).map(Templates::list);
    }

    @GET
    @Path("/list.csv")
    @Produces(CSV)
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<Response> csv(@RestQuery @Nullable Long campaign, @RestQuery @Nullable EndList list) {
        return table(campaign, list)
                .chain(file ->
                        workers.heavy(() -> file.table().csv()).map(text -> answer(text, CSV, file.name() + ".csv")));
    }

    @GET
    @Path("/list.xlsx")
    @Produces(WorkbookWriter.MEDIA_TYPE)
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<Response> workbook(@RestQuery @Nullable Long campaign, @RestQuery @Nullable EndList list) {
        return table(campaign, list)
                .chain(file -> workers.heavy(() -> file.table().workbook("Jeunes"))
                        .map(bytes -> answer(bytes, WorkbookWriter.MEDIA_TYPE, file.name() + ".xlsx")));
    }

    private record NamedTable(String name, YouthTable table) {}

    private Uni<NamedTable> table(@Nullable Long campaign, @Nullable EndList list) {
        Account account = Account.of(identity);
        return account.role() == Role.SUPERVISOR
                ? lists.leftover(account, campaign, list)
                        .map(left -> new NamedTable(name(left.list()), LeftTable.of(left)))
                : received.received(account, campaign)
                        .map(mine -> new NamedTable(name(EndList.UNREACHABLE), UnreachableCsv.table(mine.youths())));
    }

    private static String name(EndList list) {
        return switch (list) {
            case UNREACHABLE -> "jamais-joints";
            case PROMISED -> "rappels-promis";
            case INTERRUPTED -> "entretiens-interrompus";
            case REACHED -> "joints-sans-entretien";
            case FOREIGN_NUMBER -> "numeros-etrangers";
            case NEVER_CALLED -> "jamais-appeles";
            case UNDER_16 -> "moins-de-16-ans";
        };
    }

    private static Response answer(Object file, String type, String name) {
        return Response.ok(file)
                .type(type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("/{campaign}/{youth}/seen")
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> see(
            @RestPath long campaign,
            @RestPath long youth,
            @RestForm @Nullable EndList list,
            @RestForm @Nullable String note) {
        EndList on = list == null ? EndList.UNREACHABLE : list;
        String said = note == null || note.isBlank() ? null : note.strip();
        return lists.see(Account.of(identity), campaign, youth, on, said).map(done -> back(campaign, on));
    }

    @POST
    @Path("/{campaign}/{youth}/unseen")
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> unsee(@RestPath long campaign, @RestPath long youth, @RestForm @Nullable EndList list) {
        return lists.unsee(Account.of(identity), campaign, youth)
                .map(done -> back(campaign, list == null ? EndList.UNREACHABLE : list));
    }

    private static Response back(long campaign, EndList list) {
        return Response.seeOther(URI.create("/unreachable?campaign=%d&list=%s".formatted(campaign, list)))
                .build();
    }
}
