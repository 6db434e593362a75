package fr.raccroche.desk;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.dialing.TestingCall;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an agent sees. */
@ApplicationTest
class ScreenTest {

    private static final int LOOKS = 200;

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    @Inject
    Screen screen;

    /** The page is an error to the agent when the phase is that of one moment and the file that of another. */
    @Test
    void phaseAndFileAreOfOneMomentThoughTheCallComesAndGoesMeanwhile() {
        var campaign = new TestingQueue(database, TestingNode.OPENING);
        var agent = accounts.signedIn(Role.AGENT).account();
        long youth = campaign.youth("TO_CALL");
        var call = TestingCall.open(
                campaign, tokens, youth, campaign.number(youth, "YOUTH"), agent.id(), 1, TestingNode.OPENING);
        var enough = new AtomicBoolean();
        var comingAndGoing = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                campaign.run(
                        "update call_attempt set agent_id = case when agent_id is null then cast(:agent as bigint) end where id = :id",
                        Map.of("agent", agent.id(), "id", call.id()));
            }
        });

        Set<String> seen = new HashSet<>();
        try {
            for (int i = 0; i < LOOKS; i++) {
                DeskView view = answer(screen.view(agent));
                seen.add(view.state().phase() + (view.file() == null ? "" : " with a file"));
            }
        } finally {
            enough.set(true);
            comingAndGoing.join();
        }

        assertThat(seen).containsExactlyInAnyOrder("idle", "dialing with a file");
    }
}
