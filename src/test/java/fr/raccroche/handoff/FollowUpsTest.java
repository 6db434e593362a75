package fr.raccroche.handoff;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.directory.StructureKind.CIO;
import static fr.raccroche.directory.StructureKind.MISSION_LOCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingQueue;
import fr.raccroche.handoff.FollowUps.Report;
import fr.raccroche.handoff.FollowUps.Tab;
import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ApplicationTest
class FollowUpsTest {

    @Inject
    Database database;

    @Inject
    FollowUps followUps;

    @Inject
    Referrals referrals;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    private Instant now;
    private TestingQueue campaign;
    private long cio;
    private String commune;
    private Account partner;
    private Account stranger;
    private Account supervisor;

    @BeforeEach
    void structureWithAPartner() {
        now = clock.instant();
        campaign = new TestingQueue(database, now);
        cio = campaign.structure(CIO);
        commune = campaign.commune(cio);
        partner = campaign.account(Role.PARTNER, cio);
        stranger = campaign.account(Role.PARTNER, campaign.structure(CIO));
        supervisor = campaign.account(Role.SUPERVISOR, null);
    }

    @Test
    void thePartnersListShowsLateOnesFirstAndCountsEveryTab() {
        long waiting = sent(2);
        long late = sent(20);
        long lateToo = sent(18);

        var listing = answer(followUps.list(partner, null, null, 0));

        assertThat(listing.tab()).isEqualTo(Tab.LATE);
        assertThat(listing.lines()).extracting(Line::id).containsExactly(late, lateToo);
        assertThat(listing.lines().getFirst().youth().shortName()).isEqualTo("Lina B.");
        assertThat(listing.lines().getFirst().agreement().note()).isEqualTo("préfère après 17 h");
        assertThat(listing.counts()).isEqualTo(new FollowUps.Counts(2, 1, 0, 0, 0));
        assertThat(answer(followUps.list(partner, Tab.TO_CALL, null, 0)).lines())
                .extracting(Line::id)
                .containsExactly(waiting);
    }

    @Test
    void whatBelongsToAnotherStructureDoesNotExist() {
        long id = sent(2);

        assertThat(answer(followUps.list(stranger, Tab.TO_CALL, null, 0)).lines())
                .isEmpty();
        assertThat(answer(followUps.list(stranger, Tab.TO_CALL, cio, 0))
                        .counts()
                        .toCall())
                .isZero();
        assertThat(answer(followUps.sent(stranger, campaign.id()))).isEmpty();
        assertThatThrownBy(() -> answer(followUps.open(stranger, id))).satisfies(FollowUpsTest::isNotFound);
        assertThatThrownBy(() -> answer(followUps.report(stranger, id, new Report(0, true, null, null))))
                .satisfies(FollowUpsTest::isNotFound);
        assertThatThrownBy(() -> answer(followUps.assign(stranger, id, 0, cio))).satisfies(FollowUpsTest::isNotFound);
        assertThatThrownBy(() -> answer(followUps.open(campaign.agent(), id)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @Test
    void aDossierSaysHowToReachAndWhatWasDone() {
        long id = sent(2);
        long youth = youthOf(id);
        campaign.guardian(youth, 1, commune);
        campaign.number(youth, "GUARDIAN1");

        var dossier = answer(followUps.open(partner, id));

        assertThat(dossier.numbers()).extracting(Dossier.Phone::owner).containsExactlyInAnyOrder("YOUTH", "GUARDIAN1");
        assertThat(dossier.numbers()).extracting(Dossier.Phone::guardian).contains("Nadia Benali");
        assertThat(dossier.history()).extracting(Dossier.Entry::kind).containsExactly(EventKind.SENT);
    }

    @Test
    void whoObjectedIsNotToBeCalledByAnyone() {
        long id = sent(2);
        campaign.objection(youthOf(id));

        var dossier = answer(followUps.open(partner, id));

        assertThat(dossier.objected()).isTrue();
        assertThat(dossier.numbers()).isEmpty();
    }

    @Test
    void triesContactAndResultMakeTheHistory() {
        long id = sent(2);

        report(id, new Report(0, false, null, "messagerie"));
        report(id, new Report(1, true, null, null));
        report(id, new Report(2, true, Result.APPOINTMENT, "mardi à 10 h"));

        var dossier = answer(followUps.open(partner, id));
        assertThat(dossier.line().state()).isEqualTo(State.CLOSED);
        assertThat(dossier.line().result()).isEqualTo(Result.APPOINTMENT);
        assertThat(dossier.history())
                .extracting(Dossier.Entry::kind)
                .containsExactly(EventKind.SENT, EventKind.TRIED, EventKind.CONTACTED, EventKind.CLOSED);
    }

    @Test
    void twoPeopleOnOneDossierTheSecondIsToldAndNothingIsLost() {
        long id = sent(2);
        report(id, new Report(0, true, null, "première"));

        assertThatThrownBy(() -> report(id, new Report(0, false, null, "seconde")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409));

        assertThat(answer(followUps.open(partner, id)).history())
                .extracting(Dossier.Entry::note)
                .doesNotContain("seconde");
    }

    @Test
    void afterSavingTheNextInDueOrderComesThenTheTopAgain() {
        long third = sent(1);
        long first = sent(20);
        long second = sent(10);

        assertThat(report(first, new Report(0, false, null, null))).isEqualTo(second);
        assertThat(report(second, new Report(0, true, null, null))).isEqualTo(third);
        assertThat(report(third, new Report(0, true, null, null))).isEqualTo(first);
        assertThat(report(first, new Report(1, true, Result.DECLINED, null))).isNull();
    }

    @Test
    void aSupervisorRoutesWhatNoCommuneCould() {
        long id = sentFrom(campaign.youth("REFERRED"), 3);
        assertThat(answer(followUps.list(supervisor, Tab.QUEUE, null, 0)).lines())
                .extracting(Line::id)
                .contains(id);

        answer(followUps.assign(supervisor, id, 0, cio));

        var dossier = answer(followUps.open(partner, id));
        assertThat(dossier.line().structureId()).isEqualTo(cio);
        assertThat(dossier.history())
                .extracting(Dossier.Entry::kind)
                .containsExactly(EventKind.SENT, EventKind.ASSIGNED);
    }

    @Test
    void theStructureMustBeOfTheKindThatWasAgreed() {
        long id = sentFrom(campaign.youth("REFERRED"), 3);
        long missionLocale = campaign.structure(MISSION_LOCALE);

        assertThatThrownBy(() -> answer(followUps.assign(supervisor, id, 0, missionLocale)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("structure"));
    }

    /** « Orienté vers une autre structure » : vers laquelle, et le jeune y est attendu, avec le même délai. */
    @Test
    void whoIsRedirectedIsOpenedThereByTheSameClock() {
        long id = sent(3);
        long missionLocale = campaign.structure(MISSION_LOCALE);
        Account there = campaign.account(Role.PARTNER, missionLocale);
        assertThatThrownBy(() -> report(id, new Report(0, true, Result.REDIRECTED, null)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("redirected-where"));

        answer(followUps.report(
                partner, id, new Report(0, true, Result.REDIRECTED, "cherche un logement"), missionLocale));

        var line = answer(followUps.list(there, Tab.TO_CALL, null, 0)).lines().getFirst();
        assertThat(line.dueOn())
                .isEqualTo(answer(followUps.open(partner, id)).line().dueOn());
        assertThat(line.youth().id()).isEqualTo(youthOf(id));
        assertThat(answer(followUps.open(there, line.id())).history())
                .singleElement()
                .returns(EventKind.REDIRECTED, Dossier.Entry::kind)
                .returns("cherche un logement", Dossier.Entry::note)
                .satisfies(entry -> assertThat(entry.from()).startsWith("CIO"))
                .satisfies(entry -> assertThat(entry.to()).startsWith("ML"));
    }

    @Test
    void whereNobodyKnowsWhereToASupervisorChooses() {
        long id = sent(3);

        answer(followUps.report(
                partner, id, new Report(0, false, Result.REDIRECTED, null), FollowUps.SUPERVISOR_CHOOSES));

        assertThat(answer(followUps.list(supervisor, Tab.QUEUE, null, 0)).lines())
                .extracting(line -> line.youth().id())
                .contains(youthOf(id));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "WRONG_NUMBER"})
    void whomTheStructureCannotReachComesBackToTheSupervisor(Result result) {
        long id = sent(3);
        report(id, new Report(0, false, result, null));
        assertThat(answer(followUps.list(supervisor, Tab.RETURNED, null, 0)).lines())
                .extracting(Line::id)
                .contains(id);

        answer(followUps.seeReturn(supervisor, id, "écrit à la famille"));

        assertThat(answer(followUps.list(supervisor, Tab.RETURNED, null, 0)).lines())
                .extracting(Line::id)
                .doesNotContain(id);
        assertThat(answer(followUps.open(supervisor, id)).history())
                .extracting(Dossier.Entry::note)
                .contains("écrit à la famille");
    }

    @Test
    void whatWasClosedByMistakeIsOpenedAgainOnceAndOnlyIfNothingElseIsOpen() {
        long id = sent(3);
        report(id, new Report(0, true, Result.DECLINED, null));

        answer(followUps.reopen(partner, id, 1, null));

        assertThat(answer(followUps.open(partner, id)).line().state()).isEqualTo(State.CONTACTED);
        assertThatThrownBy(() -> answer(followUps.reopen(partner, id, 2, null)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409));
        report(id, new Report(2, true, Result.DECLINED, null));
        assertThatThrownBy(() -> answer(followUps.reopen(supervisor, id, 3, null)))
                .as("a supervisor says why")
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("reason"));
        long later = TestingAgreement.of(campaign, youthOf(id), 7, CIO, now).outcomeId();
        campaign.run("""
                insert into handoff (campaign_id, youth_id, outcome_id, kind, structure_id, routed_by, agreed_by, agreed_at, due_on)
                select campaign_id, youth_id, :outcome, kind, structure_id, routed_by, agreed_by, agreed_at, due_on
                from handoff where id = :id""", Map.of("outcome", later, "id", id));
        assertThatThrownBy(() -> answer(followUps.reopen(supervisor, id, 3, "erreur")))
                .hasMessageContaining("un autre dossier ouvert");
    }

    /** A supervisor gives the dossier to B while A types. */
    @Test
    void whatSomebodyTypedIsKeptWhenTheDossierHasMoved() {
        long id = sent(3);
        long other = campaign.structure(CIO);
        Account there = campaign.account(Role.PARTNER, other);
        answer(followUps.assign(supervisor, id, 0, other));
        assertThatThrownBy(() -> report(id, new Report(0, true, null, "parle de théâtre")))
                .satisfies(FollowUpsTest::isNotFound);

        var moved = answer(followUps.moved(partner, id, "parle de théâtre"));

        assertThat(moved).isNotNull();
        assertThat(moved.to()).startsWith("CIO");
        var history = answer(followUps.open(there, id)).history();
        assertThat(history).extracting(Dossier.Entry::note).contains("parle de théâtre");
        assertThat(history)
                .filteredOn(entry -> entry.kind() == EventKind.ASSIGNED)
                .singleElement()
                .satisfies(entry -> assertThat(entry.from()).isNotNull().isNotEqualTo(entry.to()));
        assertThat(answer(followUps.moved(stranger, id, "rien à voir"))).isNull();
    }

    @Test
    void programsReadTheSame() {
        long id = sent(20);

        assertThat(answer(followUps.sent(supervisor, campaign.id())))
                .singleElement()
                .satisfies(sent -> {
                    assertThat(sent.youthId()).isEqualTo(youthOf(id));
                    assertThat(sent.agreedOn().plusDays(15)).isEqualTo(sent.dueOn());
                    assertThat(sent.structure()).startsWith("CIO");
                });
    }

    private long sent(int daysAgo) {
        return sentFrom(campaign.youth("REFERRED", commune), daysAgo);
    }

    private long sentFrom(long youth, int daysAgo) {
        try {
            var agreement = TestingAgreement.of(campaign, youth, 1, CIO, now.minus(Duration.ofDays(daysAgo)));
            answer(referrals.on(json.writeValueAsString(agreement)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return campaign.ask(
                "select id from handoff where youth_id = :youth", Map.of("youth", youth), row -> row.id("id"));
    }

    private long youthOf(long handoff) {
        return campaign.ask(
                "select youth_id as id from handoff where id = :id", Map.of("id", handoff), row -> row.id("id"));
    }

    private Long report(long id, Report report) {
        return answer(followUps.report(partner, id, report));
    }

    private static void isNotFound(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }
}
