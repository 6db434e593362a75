package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.AttemptPlan.History;
import fr.raccroche.campaign.AttemptPlan.Past;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.ModeSettings;
import fr.raccroche.campaign.PlanSettings;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.dialing.CallingRules.Facts;
import fr.raccroche.dialing.CallingRules.Standing;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.NumberState;
import fr.raccroche.youth.Telephone;
import fr.raccroche.youth.TelephoneState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A youth of seventeen in a running campaign, callable on Tuesday 24 November 2026 at ten; each step changes one fact. */
public final class TestingFacts {

    private Campaign campaign = campaign(
            Campaign.State.RUNNING,
            10,
            LocalDate.of(2026, 11, 2),
            LocalDate.of(2027, 1, 29),
            CallingHours.DEFAULT,
            PlanSettings.DEFAULT);
    private LocalDate birthDate = LocalDate.of(2009, 3, 14);
    private YouthState youth = YouthState.TO_CALL;
    private boolean objected;
    private @Nullable Instant refusedAt;
    private boolean withdrawn;
    private boolean inHand;
    private boolean callbackAsked;
    private @Nullable Instant plannedFor;
    private @Nullable Instant textWaiting;
    private boolean replyUnread;
    private @Nullable Instant toldNotBefore;
    private @Nullable TextSettings texts;
    private List<Phone> phones = List.of(MOBILE, MOTHER);
    private History history = History.NONE;

    public static final Instant NOW = paris("2026-11-24T10:00");
    public static final Phone MOBILE = phone(1, "+33639980001", NumberOwner.YOUTH);
    public static final Phone MOTHER = phone(2, "+33639980002", NumberOwner.GUARDIAN1);

    public static Instant paris(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    public static Phone phone(long id, String e164, NumberOwner owner) {
        return new Phone(id, e164, owner, true, NumberState.UNTRIED, false, true, Telephone.USABLE, List.of());
    }

    public static Phone in(Phone phone, NumberState state) {
        return new Phone(
                phone.id(),
                phone.e164(),
                phone.owner(),
                phone.mobile(),
                state,
                phone.inUse(),
                phone.allowed(),
                phone.telephone(),
                phone.otherRings());
    }

    public static Phone inUse(Phone phone) {
        return new Phone(
                phone.id(),
                phone.e164(),
                phone.owner(),
                phone.mobile(),
                phone.state(),
                true,
                phone.allowed(),
                phone.telephone(),
                phone.otherRings());
    }

    public static Phone forbidden(Phone phone) {
        return new Phone(
                phone.id(),
                phone.e164(),
                phone.owner(),
                phone.mobile(),
                phone.state(),
                phone.inUse(),
                false,
                phone.telephone(),
                phone.otherRings());
    }

    /** @param until null for until somebody decides */
    public static Phone resting(Phone phone, @Nullable Instant until) {
        return new Phone(
                phone.id(),
                phone.e164(),
                phone.owner(),
                phone.mobile(),
                phone.state(),
                phone.inUse(),
                phone.allowed(),
                new Telephone(TelephoneState.RESTING, until),
                phone.otherRings());
    }

    public static Phone rangForOthers(Phone phone, Instant... rings) {
        return new Phone(
                phone.id(),
                phone.e164(),
                phone.owner(),
                phone.mobile(),
                phone.state(),
                phone.inUse(),
                phone.allowed(),
                phone.telephone(),
                List.of(rings));
    }

    public static Past past(String local, AttemptResult result, Phone phone) {
        return new Past(paris(local), result, phone.id());
    }

    public static Campaign campaign(
            Campaign.State state,
            int maxAttempts,
            LocalDate startsOn,
            LocalDate endsOn,
            CallingHours hours,
            PlanSettings plan) {
        return new Campaign(
                1,
                "Essai",
                1,
                state,
                Campaign.Mode.PROGRESSIVE,
                startsOn,
                endsOn,
                new AttemptPlan(hours, maxAttempts, plan),
                "+33199000100",
                "+33639989900",
                "Bonjour",
                TextSettings.fallback("Bonjour"),
                ModeSettings.DEFAULT);
    }

    public static TestingFacts callable() {
        return new TestingFacts();
    }

    public Facts facts() {
        return new Facts(
                texts == null ? campaign : writing(campaign, texts),
                birthDate,
                new Standing(
                        youth,
                        objected,
                        refusedAt,
                        withdrawn,
                        inHand,
                        callbackAsked,
                        false,
                        plannedFor,
                        textWaiting,
                        replyUnread,
                        toldNotBefore,
                        null),
                phones,
                history);
    }

    private static Campaign writing(Campaign silent, TextSettings texts) {
        return new Campaign(
                silent.id(),
                silent.name(),
                silent.listId(),
                silent.state(),
                silent.mode(),
                silent.startsOn(),
                silent.endsOn(),
                new AttemptPlan(silent.hours(), silent.maxAttempts(), silent.planSettings()),
                silent.callerNumber(),
                silent.smsSender(),
                silent.script(),
                texts,
                silent.modes());
    }

    /** What the campaign writes; its hours and dates are set by other steps. */
    TestingFacts texts(TextSettings settings) {
        return but(it -> it.texts = settings);
    }

    private TestingFacts but(Consumer<TestingFacts> change) {
        var copy = new TestingFacts();
        copy.campaign = campaign;
        copy.birthDate = birthDate;
        copy.youth = youth;
        copy.objected = objected;
        copy.refusedAt = refusedAt;
        copy.withdrawn = withdrawn;
        copy.inHand = inHand;
        copy.callbackAsked = callbackAsked;
        copy.plannedFor = plannedFor;
        copy.textWaiting = textWaiting;
        copy.replyUnread = replyUnread;
        copy.toldNotBefore = toldNotBefore;
        copy.texts = texts;
        copy.phones = phones;
        copy.history = history;
        change.accept(copy);
        return copy;
    }

    public TestingFacts state(Campaign.State state) {
        return but(it -> it.campaign = campaign(
                state,
                campaign.maxAttempts(),
                campaign.startsOn(),
                campaign.endsOn(),
                campaign.hours(),
                campaign.planSettings()));
    }

    public TestingFacts atMost(int attempts) {
        return but(it -> it.campaign = campaign(
                campaign.state(),
                attempts,
                campaign.startsOn(),
                campaign.endsOn(),
                campaign.hours(),
                campaign.planSettings()));
    }

    public TestingFacts from(LocalDate startsOn, LocalDate endsOn) {
        return but(it -> it.campaign = campaign(
                campaign.state(), campaign.maxAttempts(), startsOn, endsOn, campaign.hours(), campaign.planSettings()));
    }

    TestingFacts hours(CallingHours hours) {
        return but(it -> it.campaign = campaign(
                campaign.state(),
                campaign.maxAttempts(),
                campaign.startsOn(),
                campaign.endsOn(),
                hours,
                campaign.planSettings()));
    }

    TestingFacts plan(PlanSettings plan) {
        return but(it -> it.campaign = campaign(
                campaign.state(),
                campaign.maxAttempts(),
                campaign.startsOn(),
                campaign.endsOn(),
                campaign.hours(),
                plan));
    }

    TestingFacts blocked(LocalDate... days) {
        CallingHours hours = campaign.hours();
        return hours(new CallingHours(hours.days(), hours.spans(), Set.of(days)));
    }

    public TestingFacts born(LocalDate day) {
        return but(it -> it.birthDate = day);
    }

    public TestingFacts youth(YouthState state) {
        return but(it -> it.youth = state);
    }

    public TestingFacts objected() {
        return but(it -> it.objected = true);
    }

    TestingFacts refused(Instant at) {
        return but(it -> it.refusedAt = at);
    }

    public TestingFacts withdrawn() {
        return but(it -> it.withdrawn = true);
    }

    TestingFacts inHand() {
        return but(it -> it.inHand = true);
    }

    TestingFacts callbackAsked() {
        return but(it -> it.callbackAsked = true);
    }

    TestingFacts plannedFor(@Nullable Instant moment) {
        return but(it -> it.plannedFor = moment);
    }

    TestingFacts textWaiting(@Nullable Instant since) {
        return but(it -> it.textWaiting = since);
    }

    TestingFacts toldNotBefore(Instant moment) {
        return but(it -> it.toldNotBefore = moment);
    }

    TestingFacts replyUnread() {
        return but(it -> it.replyUnread = true);
    }

    TestingFacts phones(Phone... numbers) {
        return but(it -> it.phones = List.of(numbers));
    }

    public TestingFacts past(Past... past) {
        return past(List.of(past));
    }

    public TestingFacts past(List<Past> past) {
        return but(it -> it.history = new History(past, history.elsewhere()));
    }

    TestingFacts elsewhere(List<Past> past) {
        return but(it -> it.history = new History(history.here(), past));
    }

    @Override
    public String toString() {
        return facts().toString();
    }
}
