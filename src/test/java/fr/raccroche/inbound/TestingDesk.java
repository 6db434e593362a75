package fr.raccroche.inbound;

import static fr.raccroche.TestingFloor.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingNode;
import io.restassured.path.json.JsonPath;
import java.util.Map;

/** What an agent sees and does in the browser, without one. */
final class TestingDesk {

    private TestingDesk() {}

    static JsonPath state(Person agent) {
        return given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, agent.session())
                .get("/desk/state")
                .jsonPath();
    }

    /** The state in which there is something at this path. */
    static JsonPath awaitState(Person agent, String path) {
        return await().atMost(PATIENCE).until(() -> state(agent), state -> state.get(path) != null);
    }

    /** Sends a form, by anybody to any page; answers the status. */
    static int post(Person person, String path, Map<String, Object> fields) {
        return given().baseUri(TestingNode.PRODUCT)
                .redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, person.session())
                .header("Origin", TestingNode.PRODUCT)
                .header("Accept", "application/json")
                .formParams(fields)
                .post(path)
                .statusCode();
    }

    /** Records an outcome of the call in this state, and pauses; answers the status. */
    static int note(Person agent, JsonPath state, String outcome) {
        return post(
                agent,
                "/desk/outcome",
                Map.of(
                        "attemptId",
                        state.getLong("call.attemptId"),
                        "actionId",
                        state.getString("call.actionId"),
                        "outcome",
                        outcome,
                        "next",
                        "PAUSED"));
    }

    static String presence(Person agent) {
        return state(agent).getString("presence");
    }

    static void awaitPresence(Person agent, String presence) {
        await().atMost(PATIENCE).until(() -> presence(agent), presence::equals);
    }
}
