package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** A youth of seventeen in a running campaign, callable on Tuesday 24 November 2026 at ten; each step changes one fact. */
record TestingFacts(CallingRules.Facts facts) {

    static final Instant NOW = paris("2026-11-24T10:00");
    static final Phone MOBILE = phone(1, "+33639980001", Phone.Owner.YOUTH);
    static final Phone MOTHER = phone(2, "+33639980002", Phone.Owner.GUARDIAN1);

    static Instant paris(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    static Phone phone(long id, String e164, Phone.Owner owner) {
        return new Phone(id, e164, owner, true, Phone.State.UNTRIED, false);
    }

    static Phone in(Phone phone, Phone.State state) {
        return new Phone(phone.id(), phone.e164(), phone.owner(), phone.mobile(), state, phone.inUse());
    }

    static AttemptPlan.Past past(String local, AttemptResult result, Phone phone) {
        return new AttemptPlan.Past(paris(local), result, phone.id());
    }

    static Campaign campaign(Campaign.State state, int maxAttempts, LocalDate startsOn, LocalDate endsOn) {
        return new Campaign(
                1,
                "Essai",
                1,
                state,
                Campaign.Mode.PROGRESSIVE,
                startsOn,
                endsOn,
                maxAttempts,
                CallingHours.DEFAULT,
                "+33199000100",
                "+33639989900",
                "Bonjour",
                "Bonjour");
    }

    static TestingFacts callable() {
        return new TestingFacts(new CallingRules.Facts(
                campaign(Campaign.State.RUNNING, 10, LocalDate.of(2026, 11, 2), LocalDate.of(2027, 1, 29)),
                LocalDate.of(2009, 3, 14),
                false,
                false,
                List.of(MOBILE, MOTHER),
                List.of()));
    }

    TestingFacts campaign(Campaign campaign) {
        return new TestingFacts(new CallingRules.Facts(
                campaign, facts.birthDate(), facts.objected(), facts.callbackAsked(), facts.phones(), facts.past()));
    }

    TestingFacts state(Campaign.State state) {
        Campaign now = facts.campaign();
        return campaign(campaign(state, now.maxAttempts(), now.startsOn(), now.endsOn()));
    }

    TestingFacts atMost(int attempts) {
        Campaign now = facts.campaign();
        return campaign(campaign(now.state(), attempts, now.startsOn(), now.endsOn()));
    }

    TestingFacts from(LocalDate startsOn, LocalDate endsOn) {
        return campaign(campaign(facts.campaign().state(), facts.campaign().maxAttempts(), startsOn, endsOn));
    }

    TestingFacts born(LocalDate day) {
        return new TestingFacts(new CallingRules.Facts(
                facts.campaign(), day, facts.objected(), facts.callbackAsked(), facts.phones(), facts.past()));
    }

    TestingFacts objected() {
        return new TestingFacts(new CallingRules.Facts(
                facts.campaign(), facts.birthDate(), true, facts.callbackAsked(), facts.phones(), facts.past()));
    }

    TestingFacts callbackAsked() {
        return new TestingFacts(new CallingRules.Facts(
                facts.campaign(), facts.birthDate(), facts.objected(), true, facts.phones(), facts.past()));
    }

    TestingFacts phones(Phone... phones) {
        return new TestingFacts(new CallingRules.Facts(
                facts.campaign(),
                facts.birthDate(),
                facts.objected(),
                facts.callbackAsked(),
                List.of(phones),
                facts.past()));
    }

    TestingFacts past(AttemptPlan.Past... past) {
        return past(List.of(past));
    }

    TestingFacts past(List<AttemptPlan.Past> past) {
        return new TestingFacts(new CallingRules.Facts(
                facts.campaign(), facts.birthDate(), facts.objected(), facts.callbackAsked(), facts.phones(), past));
    }
}
