package fr.raccroche.campaign;

import fr.raccroche.campaign.CallerNumber.Category;
import fr.raccroche.campaign.CallerNumbers.Misfit;
import fr.raccroche.campaign.CallerNumbers.Pooled;
import fr.raccroche.campaign.ShownNumbers.Showing;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Forms;
import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The numbers of the account: what each is, where it is shown, and what speaks against it. */
@Path("/numbers")
public class NumberPages {

    private static final int LONGEST_LABEL = 60;

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance numbers(List<Line> lines, List<Category> categories, boolean editable);
    }

    /** A campaign that shows a number, and what speaks against it. */
    record Use(Showing campaign, @Nullable Misfit misfit) {}

    /**
     * A number with its campaigns.
     *
     * @param ours whether the account still has it; calls that show another number are cut by the operators
     */
    record Line(CallerNumber number, boolean ours, List<Use> uses) {

        /** What it can be: what it shows, or of general interest. */
        public boolean mayBe(Category category) {
            return CallerNumber.mayBe(number.e164(), category);
        }
    }

    private final SecurityIdentity identity;
    private final Database database;
    private final Forms forms;
    private final List<String> account;

    NumberPages(
            SecurityIdentity identity,
            Database database,
            Forms forms,
            @ConfigProperty(name = "raccroche.twilio.numbers") List<String> account) {
        this.identity = identity;
        this.database = database;
        this.forms = forms;
        this.account = List.copyOf(account);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Role.IS_ADMIN, Role.IS_SUPERVISOR})
    public Uni<TemplateInstance> numbers() {
        boolean editable = Account.of(identity).role() == Role.ADMIN;
        return database.inTransaction(sql -> ShownNumbers.learn(sql, account).chain(() -> lines(sql)))
                .map(lines -> Templates.numbers(lines, List.of(Category.values()), editable));
    }

    private Uni<List<Line>> lines(Sql sql) {
        return ShownNumbers.known(sql)
                .chain(numbers -> ShownNumbers.showing(sql)
                        .map(showing -> numbers.stream()
                                .map(number -> line(number, showing))
                                .toList()));
    }

    private Line line(CallerNumber number, Map<String, List<Showing>> showing) {
        return new Line(
                number,
                account.contains(number.e164()),
                showing.getOrDefault(number.e164(), List.of()).stream()
                        .map(campaign -> new Use(campaign, misfit(number, campaign)))
                        .toList());
    }

    private static @Nullable Misfit misfit(CallerNumber number, Showing campaign) {
        return new CallerNumbers(List.of(new Pooled(number, 1)))
                .warnings(campaign.mode(), "").stream()
                        .map(CallerNumbers.Warning::misfit)
                        .findFirst()
                        .orElse(null);
    }

    /** Describes a number anew. One that is retired is shown to nobody from the next call on. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Role.IS_ADMIN)
    public Uni<Response> describe(MultivaluedMap<String, String> fields) {
        Account admin = Account.of(identity);
        Uni<Response> described = Uni.createFrom()
                .item(() -> read(fields))
                .chain(number -> database.inTransaction(sql -> ShownNumbers.describe(sql, number)
                        .chain(known -> known
                                ? AccessLog.record(sql, admin, AccessAction.NUMBER_DESCRIBED, null)
                                : Uni.createFrom().failure(Problem.notFound("Ce numéro n'est pas de ce compte.")))))
                .replaceWith(Response.seeOther(URI.create("/numbers")).build());
        return forms.answer(described, fields, this::numbers);
    }

    static CallerNumber read(MultivaluedMap<String, String> fields) {
        String number = text(fields, "e164");
        String name = text(fields, "label");
        String where = text(fields, "departement").toUpperCase(Locale.ROOT);
        var mistakes = new Mistakes();
        mistakes.addIf(name.length() > LONGEST_LABEL, "label", "Ce nom est trop long (60 caractères au plus).");
        mistakes.addIf(
                !where.matches("|[0-9][0-9AB]|97[1-8]"),
                "departement",
                "Écrivez un numéro de département, comme 93 ou 2A.");
        Category kind = mistakes.read(() -> category(text(fields, "category")), Category.GEOGRAPHIC);
        mistakes.addIf(
                !CallerNumber.mayBe(number, kind),
                "category",
                "Ce numéro ne peut pas être de cette catégorie : son préfixe en dit une autre.");
        mistakes.refuse();
        return new CallerNumber(
                number, kind, name, where.isEmpty() ? null : where, "yes".equals(fields.getFirst("active")));
    }

    private static String text(MultivaluedMap<String, String> fields, String field) {
        String text = fields.getFirst(field);
        return text == null ? "" : text.strip();
    }

    private static Category category(String name) {
        try {
            return Category.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("bad-category", "Choisissez la catégorie du numéro.");
        }
    }
}
