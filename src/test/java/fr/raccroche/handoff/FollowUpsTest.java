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
