package fr.raccroche.security;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Forms;
import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Who has access: accounts are created here with a password to hand over, closed and opened again. */
@Path("/admin")
@RolesAllowed(Role.IS_ADMIN)
@Produces(MediaType.TEXT_HTML)
class AdminPages {

    /** A structure as offered and typed: its name, then kind and code, which identify it. */
    private static final Pattern CHOSEN = Pattern.compile(".*\\((\\w+):(\\S+)\\)\\s*");

    private static final int ACCOUNTS_A_PAGE = 50;
    private static final int LAST_PAGE = 10_000;

    private final Database database;
    private final Passwords passwords;
    private final Forms forms;
    private final SecurityIdentity identity;

    AdminPages(Database database, Passwords passwords, Forms forms, SecurityIdentity identity) {
        this.database = database;
        this.forms = forms;
        this.passwords = passwords;
        this.identity = identity;
    }

    /** What was typed for a new account. */
    private record Form(String email, String displayName, String role, String structure) {}

    /** A password shown this once. */
    record Handover(String displayName, String email, String password) {}

    /**
     * Some of the accounts.
     *
     * @param search what their names, addresses or structures contain; empty for all
     * @param number of the page, from 1
     */
    record Listing(String search, int number, boolean more, List<Accounts.Line> accounts) {

        public String address(int other) {
            return "/admin?search=%s&page=%d".formatted(URLEncoder.encode(search, StandardCharsets.UTF_8), other);
        }
    }

    record View(
            long self,
            Listing listing,
            List<Role> roles,
            @Nullable Handover handover) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance page(View view);

        static native TemplateInstance structures(List<String> names);
    }

    @GET
    public Uni<TemplateInstance> page(
            @RestQuery @DefaultValue("") String search, @RestQuery @DefaultValue("1") int page) {
        return page(search.strip(), Math.clamp(page, 1, LAST_PAGE), null);
    }

    private Uni<TemplateInstance> page(@Nullable Handover handover) {
        return page("", 1, handover);
    }

    private Uni<TemplateInstance> page(String search, int number, @Nullable Handover handover) {
        long self = Account.of(identity).id();
        return database.inTransaction(
                        sql -> Accounts.like(sql, search, (number - 1) * ACCOUNTS_A_PAGE, ACCOUNTS_A_PAGE + 1))
                .map(found -> new Listing(
                        search,
                        number,
                        found.size() > ACCOUNTS_A_PAGE,
                        found.stream().limit(ACCOUNTS_A_PAGE).toList()))
                .map(listing -> Templates.page(new View(self, listing, Arrays.asList(Role.values()), handover)));
    }

    @GET
    @Path("structures")
    public Uni<TemplateInstance> structures(@RestQuery @DefaultValue("") String structure) {
        return database.inTransaction(sql -> Accounts.structuresLike(sql, structure.strip()))
                .map(found -> Templates.structures(
                        found.stream().map(AdminPages::asOffered).toList()));
    }

    private static String asOffered(Accounts.StructureName structure) {
        return "%s (%s:%s)".formatted(structure.name(), structure.kind(), structure.code());
    }

    @POST
    @Path("accounts")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> create(MultivaluedMap<String, String> typed) {
        var form = new Form(
                SignIn.normalized(text(typed, "email")),
                text(typed, "displayName"),
                text(typed, "role"),
                text(typed, "structure"));
        Account self = Account.of(identity);
        String password = passwords.oneTime();
        Uni<Response> created = passwords
                .hash(password)
                .chain(hash -> database.inTransaction(sql -> create(sql, self, form, hash)))
                .chain(() -> page(new Handover(form.displayName(), form.email(), password)))
                .map(page -> Response.ok(page).build());
        return forms.answerPeople(created, typed, () -> page(null));
    }

    private static String text(MultivaluedMap<String, String> typed, String field) {
        String text = typed.getFirst(field);
        return text == null ? "" : text.strip();
    }

    private static Uni<Void> create(Sql sql, Account self, Form form, String hash) {
        return structureOf(sql, form.structure())
                .map(structure -> accepted(form, structure))
                .chain(account -> Accounts.create(sql, account, hash, true))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.badRequest("bad-email", "Un compte existe déjà pour cette adresse."))
                .chain(id -> AccessLog.record(sql, self, AccessAction.ACCOUNT_CREATED, "account:" + id));
    }

    private static Accounts.New accepted(Form form, Accounts.@Nullable StructureName structure) {
        Optional<Role> role = Arrays.stream(Role.values())
                .filter(known -> known.name().equals(form.role()))
                .findFirst();
        var account = new Accounts.New(
                form.email(), form.displayName(), role.orElse(Role.AGENT), structure == null ? null : structure.id());
        Mistakes mistakes = NewAccount.mistakes(account);
        mistakes.addIf(role.isEmpty(), "role", "Choisissez un rôle dans la liste.");
        mistakes.refuse();
        return account;
    }

    private static Uni<Accounts.@Nullable StructureName> structureOf(Sql sql, String typed) {
        var chosen = CHOSEN.matcher(typed);
        return chosen.matches() ? Accounts.structure(sql, chosen.group(1), chosen.group(2)) : Nothing.found();
    }

    @POST
    @Path("accounts/{id}/disable")
    public Uni<RestResponse<TemplateInstance>> disable(@RestPath long id) {
        if (id == Account.of(identity).id()) {
            throw Problem.conflict(
                    "own-account", "On ne ferme pas son propre compte : demandez à un autre administrateur.");
        }
        return setActive(id, false);
    }

    @POST
    @Path("accounts/{id}/enable")
    public Uni<RestResponse<TemplateInstance>> enable(@RestPath long id) {
        return setActive(id, true);
    }

    private Uni<RestResponse<TemplateInstance>> setActive(long id, boolean active) {
        Account self = Account.of(identity);
        AccessAction action = active ? AccessAction.ACCOUNT_ENABLED : AccessAction.ACCOUNT_DISABLED;
        return database.inTransaction(sql -> existing(sql, id)
                        .chain(() -> Accounts.setActive(sql, id, active))
                        .chain(() -> Sessions.endAllOf(sql, id))
                        .chain(() -> AccessLog.record(sql, self, action, "account:" + id)))
                .map(ignored -> SignInPages.redirect("/admin").build());
    }

    @POST
    @Path("accounts/{id}/password")
    public Uni<TemplateInstance> resetPassword(@RestPath long id) {
        Account self = Account.of(identity);
        String password = passwords.oneTime();
        return passwords
                .hash(password)
                .chain(hash -> database.inTransaction(sql -> existing(sql, id)
                        .call(() -> Accounts.setPassword(sql, id, hash, true))
                        .call(() -> Sessions.endAllOf(sql, id))
                        .call(() -> AccessLog.record(sql, self, AccessAction.PASSWORD_RESET, "account:" + id))))
                .chain(account -> page(new Handover(account.displayName(), account.email(), password)));
    }

    private static Uni<Account> existing(Sql sql, long id) {
        return Accounts.byId(sql, id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("Ce compte n'existe pas."))
                .map(credentials -> credentials.signedIn().account());
    }
}
