package fr.raccroche.handoff;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.directory.StructureKind.MISSION_LOCALE;
import static fr.raccroche.directory.StructureKind.PRIJ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApplicationTest
class UnreachableListsTest {

    private static final Instant CLOSED_AT = Instant.parse("2026-12-18T17:00:00Z");

    @Inject
    Database database;

    @Inject
    UnreachableLists lists;

    private TestingQueue campaign;
    private long missionLocale;
    private long prij;
    private String commune;

    @BeforeEach
    void aTownWithBothStructures() {
        campaign = new TestingQueue(database, CLOSED_AT);
        missionLocale = campaign.structure(MISSION_LOCALE);
        prij = campaign.structure(PRIJ);
        commune = campaign.commune(missionLocale, prij);
    }

    @Test
    void bothStructuresReceiveWhoWasNeverReachedAndNobodyElse() {
        long silent = campaign.youth("UNREACHABLE", commune);
        long wrong = campaign.youth("WRONG_NUMBER", commune);
        List.of("TO_CALL", "CALLBACK", "IN_CALL", "REFUSED", "WITHDRAWN", "REFERRED")
                .forEach(state -> campaign.youth(state, commune));
        long objected = campaign.youth("UNREACHABLE", commune);
        campaign.objection(objected);

        close();
        close();

        assertThat(listed(missionLocale)).containsExactly(silent, wrong);
        assertThat(listed(prij)).containsExactly(silent, wrong);
    }

    @Test
    void aLaterClosingAddsWhoIsNewAndMovesNobody() {
        long first = campaign.youth("UNREACHABLE", commune);
        long lost = campaign.youth("UNREACHABLE");
        close();
        assertThat(listed(missionLocale)).containsExactly(first);

        campaign.run(
                "update youth set commune_insee = :commune where id = :youth",
                Map.of("commune", commune, "youth", lost));
        long second = campaign.youth("UNREACHABLE", commune);
        close();

        assertThat(listed(missionLocale)).containsExactly(first, lost, second);
    }

    @Test
    void aCampaignThatReachedEveryoneListsNobody() {
        campaign.youth("REFERRED", commune);

        close();

        assertThat(listed(missionLocale)).isEmpty();
    }

    @Test
    void aPartnerReadsItsOwnListWithTheOtherReceiverOnIt() {
        long youth = campaign.youth("UNREACHABLE", commune);
        campaign.attempt(youth, 1, CLOSED_AT);
        campaign.attempt(youth, 2, CLOSED_AT);
        close();

        var received = answer(lists.received(campaign.account(Role.PARTNER, missionLocale), null));

        assertThat(received.youths()).singleElement().satisfies(unreached -> {
            assertThat(unreached.numbersTried()).isEqualTo(2);
            assertThat(unreached.prijGroup()).isNotNull();
            assertThat(unreached.reason()).isEqualTo(Unreached.Reason.UNREACHABLE);
        });
        assertThat(answer(lists.export(campaign.account(Role.SUPERVISOR, null), campaign.id()))
                        .youths())
                .hasSize(1);
    }

    @Test
    void anotherStructuresListDoesNotExist() {
        campaign.youth("UNREACHABLE", commune);
        close();
        var stranger = campaign.account(Role.PARTNER, campaign.structure(PRIJ));

        assertThat(answer(lists.received(stranger, null)).youths()).isEmpty();
        assertThatThrownBy(() -> answer(lists.received(stranger, campaign.id())))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @Test
    void anObjectionAfterTheCampaignHidesTheYouth() {
        long youth = campaign.youth("UNREACHABLE", commune);
        close();
        campaign.objection(youth);

        assertThat(answer(lists.received(campaign.account(Role.PARTNER, prij), null))
                        .youths())
                .isEmpty();
        assertThat(answer(lists.export(campaign.account(Role.SUPERVISOR, null), campaign.id()))
                        .youths())
                .isEmpty();
    }

    private void close() {
        answer(lists.on("{\"campaignId\": %d, \"at\": \"%s\"}".formatted(campaign.id(), CLOSED_AT)));
    }

    private List<Long> listed(long structure) {
        return answer(database.inTransaction(sql -> sql.query(
                        "select youth_id as id from unreachable where structure_id = :structure order by youth_id")
                .set("structure", structure)
                .list(row -> row.id("id"))));
    }
}
