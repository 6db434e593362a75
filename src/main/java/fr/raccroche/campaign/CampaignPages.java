package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Campaigns for supervisors: all of them, a new one on one page, and its life from start to close. */
@Path("/campaigns")
@RolesAllowed(Role.IS_SUPERVISOR)
public class CampaignPages {

    /** A campaign ended: what is left is listed for the field. */
    public record Closed(long campaignId, Instant at) {}

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance campaigns(List<Campaigns.Progress> campaigns, boolean hasLists);

        static native TemplateInstance creation(
                List<Campaigns.ListChoice> lists,
                long chosen,
                List<String> numbers,
                List<Day> days,
                LocalDate today,
                LocalDate end);

        static native TemplateInstance campaign(
                Campaign campaign,
                Campaigns.Progress progress,
                Campaigns.Abandonment abandonment,
                String days,
                PlanPicture plan,
                PlanForm form,
                PoolForm pool);
    }

    /** A day that calls may fall on. */
    record Day(String value, String label, boolean checked) {

        static Day of(DayOfWeek day) {
            return new Day(
                    day.name(),
                    day.getDisplayName(TextStyle.SHORT, Locale.FRENCH),
                    CallingHours.DEFAULT.days().contains(day));
        }
    }

    /** The creation form. */
    public static class CreationForm {
        @FormParam("name")
        @Nullable
        String name;

        @FormParam("list")
        @Nullable
        Long list;

        @FormParam("startsOn")
        @Nullable
        String startsOn;

        @FormParam("endsOn")
        @Nullable
        String endsOn;

        @FormParam("maxAttempts")
        @Nullable
        Integer maxAttempts;

        @FormParam("callerNumber")
        @Nullable
        String callerNumber;

        @FormParam("script")
        @Nullable
        String script;

        @FormParam("smsText")
        @Nullable
        String smsText;

        @FormParam("mode")
        @Nullable
        String mode;

        @FormParam("days")
        @Nullable
        List<String> days;

        @FormParam("opens1")
        @Nullable
        String opens1;

        @FormParam("closes1")
        @Nullable
        String closes1;

        @FormParam("opens2")
        @Nullable
        String opens2;

        @FormParam("closes2")
        @Nullable
        String closes2;

        /** The part of the day of the first attempts; {@code ANY} for none, the product's default when absent. */
        @FormParam("first")
        @Nullable
        String first;
    }

    private static final LocalTime EARLIEST = LocalTime.of(8, 0);
    private static final LocalTime LATEST = LocalTime.of(21, 0);
    private static final Duration SHORTEST = Duration.ofMinutes(30);

    private final SecurityIdentity identity;
    private final Database database;
    private final Campaigns campaigns;
    private final Outbox outbox;
    private final Clock clock;
    private final List<String> numbers;

    CampaignPages(
            SecurityIdentity identity,
            Database database,
            Campaigns campaigns,
            Outbox outbox,
            Clock clock,
            @ConfigProperty(name = "raccroche.twilio.numbers") List<String> numbers) {
        this.identity = identity;
        this.database = database;
        this.campaigns = campaigns;
        this.outbox = outbox;
        this.clock = clock;
        this.numbers = List.copyOf(numbers);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> all() {
        return database.inTransaction(sql -> campaigns
                .all(sql)
                .chain(all -> campaigns.lists(sql).map(lists -> Templates.campaigns(all, !lists.isEmpty()))));
    }

    @GET
    @Path("/new")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> creation(@RestQuery @DefaultValue("0") long list) {
        LocalDate today = clock.instant().atZone(PARIS).toLocalDate();
        List<Day> days = Arrays.stream(DayOfWeek.values())
                .filter(day -> day != DayOfWeek.SUNDAY)
                .map(Day::of)
                .toList();
        return database.inTransaction(campaigns::lists)
                .map(lists -> Templates.creation(lists, list, numbers, days, today, today.plusWeeks(10)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> create(@BeanParam CreationForm form) {
        Campaign draft = draft(form, numbers);
        Instant now = clock.instant();
        long author = Account.of(identity).id();
        return database.inTransaction(sql -> campaigns.lists(sql).chain(lists -> {
                    if (lists.stream().noneMatch(list -> list.id() == draft.listId())) {
                        return Uni.createFrom()
                                .failure(Problem.badRequest("unknown-list", "Cette liste n'existe pas."));
                    }
                    return campaigns
                            .add(sql, draft, author, now)
                            .call(id -> campaigns
                                    .learn(sql, numbers)
                                    .chain(() -> campaigns.setPool(sql, id, Map.of(draft.callerNumber(), 1))));
                }))
                .map(CampaignPages::toCampaign);
    }

    /** Reads the form; the first field that makes no sense is named. */
    static Campaign draft(CreationForm form, List<String> numbers) {
        var hours = new CallingHours(
                days(form.days),
                List.of(span(form.opens1, form.closes1, "première"), span(form.opens2, form.closes2, "seconde")));
        refuse(
                hours.spans()
                        .getFirst()
                        .closes()
                        .isAfter(hours.spans().getLast().opens()),
                "hours",
                "La seconde plage doit commencer après la fin de la première.");
        LocalDate startsOn = parse(form.startsOn, LocalDate::parse, "startsOn", "Indiquez la date de début.");
        LocalDate endsOn = parse(form.endsOn, LocalDate::parse, "endsOn", "Indiquez la date de fin.");
        refuse(endsOn.isBefore(startsOn), "endsOn", "La campagne doit finir après son début.");
        int maxAttempts = form.maxAttempts == null ? Campaign.MOST_ATTEMPTS : form.maxAttempts;
        refuse(
                maxAttempts < 1 || maxAttempts > Campaign.MOST_ATTEMPTS,
                "maxAttempts",
                "Entre une et dix tentatives par jeune.");
        String caller = text(form.callerNumber, "callerNumber", "Choisissez le numéro présenté.", 20);
        refuse(!numbers.contains(caller), "callerNumber", "Ce numéro n'appartient pas au compte.");
        String sender = numbers.stream()
                .filter(n -> n.matches("\\+33[67].*"))
                .findFirst()
                .orElse(caller);
        return new Campaign(
                0,
                text(form.name, "name", "Donnez un nom à la campagne.", 120),
                form.list == null ? 0 : form.list,
                Campaign.State.DRAFT,
                parse(form.mode, Campaign.Mode::valueOf, "mode", "Choisissez le mode d'appel."),
                startsOn,
                endsOn,
                maxAttempts,
                hours,
                caller,
                sender,
                text(form.script, "script", "Écrivez la trame de l'entretien.", 8000),
                TextSettings.fallback(
                        fallback(text(form.smsText, "smsText", "Écrivez le texte du SMS.", TextTemplate.LONGEST))),
                form.first == null ? PlanSettings.DEFAULT : PlanSettings.DEFAULT.withFirst(PlanForm.first(form.first)),
                ModeSettings.DEFAULT);
    }

    private static String fallback(String text) {
        new TextTemplate(text)
                .stranger(TextKind.FALLBACK)
                .ifPresent(place ->
                        refuse(true, "smsText", "« " + place + " » n'est pas un champ que l'on peut écrire ici."));
        return text;
    }

    private static Set<DayOfWeek> days(@Nullable List<String> names) {
        List<String> chosen = names == null ? List.of() : names;
        refuse(chosen.isEmpty(), "days", "Choisissez au moins un jour d'appel.");
        return chosen.stream()
                .map(name -> parse(name, CampaignPages::day, "days", "Jour inconnu."))
                .collect(Collectors.toSet());
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(name) || day.name().substring(0, 3).equals(name)) {
                return day;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static CallingHours.Span span(@Nullable String opens, @Nullable String closes, String which) {
        String message = "Vérifiez les heures de la " + which + " plage.";
        var span = new CallingHours.Span(
                parse(opens, LocalTime::parse, "hours", message), parse(closes, LocalTime::parse, "hours", message));
        refuse(!span.opens().isBefore(span.closes()), "hours", message);
        refuse(
                span.opens().isBefore(EARLIEST) || span.closes().isAfter(LATEST),
                "hours",
                "Les appels se font entre 8 h et 21 h.");
        refuse(
                span.length().compareTo(SHORTEST) < 0,
                "hours",
                "Une plage dure au moins une demi-heure : vérifiez la " + which + ".");
        return span;
    }

    private static String text(@Nullable String value, String field, String message, int length) {
        String text = value == null ? "" : value.strip();
        refuse(text.isEmpty(), field, message);
        refuse(text.length() > length, field, "Ce texte est trop long (" + length + " caractères au plus).");
        return text;
    }

    private static <T> T parse(@Nullable String value, Function<String, T> parser, String field, String message) {
        try {
            return parser.apply(value == null ? "" : value);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw Problem.badRequest("bad-" + field, message);
        }
    }

    private static void refuse(boolean refused, String field, String message) {
        if (refused) {
            throw Problem.badRequest("bad-" + field, message);
        }
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> one(@PathParam("id") long id) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns
                .all(sql)
                .map(all -> all.stream()
                        .filter(progress -> progress.campaign().id() == id)
                        .findFirst()
                        .orElseThrow(Campaigns::unknown))
                .chain(progress -> campaigns
                        .abandonment(sql, id, now)
                        .chain(abandonment -> campaigns
                                .pool(sql, progress.campaign())
                                .chain(pool -> campaigns
                                        .numbers(sql)
                                        .map(known -> page(
                                                progress,
                                                abandonment,
                                                new PoolForm(progress.campaign(), pool, known),
                                                now))))));
    }

    private static TemplateInstance page(
            Campaigns.Progress progress, Campaigns.Abandonment abandonment, PoolForm pool, Instant now) {
        return Templates.campaign(
                progress.campaign(),
                progress,
                abandonment,
                named(progress.campaign().hours()),
                PlanPicture.of(progress.campaign(), now),
                PlanForm.of(progress.campaign()),
                pool);
    }

    /** "lun., mar., jeu." */
    private static String named(CallingHours hours) {
        return hours.days().stream().sorted().map(day -> Day.of(day).label()).collect(Collectors.joining(", "));
    }

    @POST
    @Path("/{id}/start")
    public Uni<Response> start(@PathParam("id") long id) {
        return move(id, Campaign.State.RUNNING, this::enrol);
    }

    @POST
    @Path("/{id}/pause")
    public Uni<Response> pause(@PathParam("id") long id) {
        return move(id, Campaign.State.PAUSED, (sql, campaign, now) -> nothing());
    }

    @POST
    @Path("/{id}/resume")
    public Uni<Response> resume(@PathParam("id") long id) {
        return move(id, Campaign.State.RUNNING, this::enrol);
    }

    @POST
    @Path("/{id}/close")
    public Uni<Response> close(@PathParam("id") long id) {
        return move(id, Campaign.State.CLOSED, this::end).invoke(() -> outbox.nudge(Outbox.CAMPAIGNS_CLOSED));
    }

    private interface Consequence {
        Uni<Void> apply(Sql sql, Campaign campaign, Instant now);
    }

    private static Uni<Void> nothing() {
        return Nothing.happens();
    }

    private Uni<Void> enrol(Sql sql, Campaign campaign, Instant now) {
        Instant start = campaign.startsOn().atStartOfDay(PARIS).toInstant();
        Instant first = campaign.plan().first(now.isAfter(start) ? now : start);
        return campaigns
                .enrol(sql, campaign, first, now)
                .chain(enrolled ->
                        campaign.texts().isOn(TextKind.ANNOUNCEMENT) ? announce(sql, campaign, first, now) : nothing());
    }

    private Uni<Void> announce(Sql sql, Campaign campaign, Instant first, Instant now) {
        Campaign.Announcement announcement = campaign.announcement(first, now);
        return campaigns
                .announce(sql, campaign.id(), announcement.at(), announcement.firstAttempt(), now)
                .replaceWithVoid();
    }

    private Uni<Void> end(Sql sql, Campaign campaign, Instant now) {
        return campaigns
                .settleRest(sql, campaign.id(), now)
                .chain(() -> outbox.put(sql, Outbox.CAMPAIGNS_CLOSED, new Closed(campaign.id(), now)));
    }

    private Uni<Response> move(long id, Campaign.State to, Consequence consequence) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns.required(sql, id).chain(campaign -> {
                    if (!campaign.state().allows(to)) {
                        return Uni.createFrom().failure(moved());
                    }
                    return campaigns
                            .move(sql, id, campaign.state(), to)
                            .chain(done -> done
                                    ? consequence.apply(sql, campaign, now)
                                    : Uni.createFrom().failure(moved()));
                }))
                .replaceWith(toCampaign(id));
    }

    private static Problem moved() {
        return Problem.conflict("campaign-moved", "Cette campagne n'est plus dans cet état : rechargez la page.");
    }

    private static Response toCampaign(long id) {
        return Response.seeOther(URI.create("/campaigns/" + id)).build();
    }
}
