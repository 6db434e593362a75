package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingNode;
import fr.raccroche.list.row.Column;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two records side by side, and what becomes of either answer. */
@ApplicationTest
class ReviewPagesTest {

    private static final Pattern ROW = Pattern.compile("action=\"/lists/\\d+/review/(\\d+)\"");

    @Inject
    TestingUploads uploads;

    private String name = "";
    private String misspelt = "";
    private long list;

    /** A list with somebody, and in its second version somebody whose name is one letter apart. */
    @BeforeEach
    void newList() {
        name = uploads.name();
        misspelt = name.replaceFirst(".$", "0").replace('0', name.endsWith("x") ? 'y' : 'x');
        list = uploads.load(TestingList.empty().person(name).text(), Map.of("name", name))
                .getLong("list");
        uploads.load(
                TestingList.empty()
                        .row(TestingList.sound(misspelt, Column.COURRIEL, "z@example.org"))
                        .text(),
                Map.of("list", Long.toString(list), "complete", "no"));
    }

    private String review(String query) {
        return uploads.form()
                .get("/lists/" + list + "/review" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replace("&#39;", "'");
    }

    private long row(String page) {
        Matcher row = ROW.matcher(page);
        assertThat(row.find()).as(page).isTrue();
        return Long.parseLong(row.group(1));
    }

    private int open() {
        return uploads.supervisor()
                .get("/lists.json")
                .jsonPath()
                .getInt("find { it.id == %d }.doubtful".formatted(list));
    }

    @Test
    void bothStandSideBySideWithWhatDiffers() {
        String page = review("");

        assertThat(page)
                .contains("Reste à examiner : 1", "à une lettre près", "Ligne 2 du fichier")
                .contains("<tr class=\"differs\"><th scope=\"row\">Nom</th><td>" + misspelt + "</td><td>" + name)
                .contains("<tr class=\"same\"><th scope=\"row\">Prénom</th>")
                .contains("<tr class=\"same\"><th scope=\"row\">Téléphones</th><td>06 39 98 12 34")
                .contains("<tr><th scope=\"row\">Courriel</th><td>z@example.org");
        assertThat(uploads.people(misspelt)).isZero();
        assertThat(open()).isEqualTo(1);
    }

    @Test
    void onePersonIsOneFileAndTheDecisionCanBeTakenBack() {
        long row = row(review(""));

        uploads.post("/lists/%d/review/%d".formatted(list, row), Map.of("verdict", "same"));

        assertThat(open()).isZero();
        assertThat(uploads.people(name) + uploads.people(misspelt)).isEqualTo(1);
        assertThat(review("?done=" + row))
                .contains("C'est noté : Lina " + misspelt + ", Même personne", "Il ne reste rien");
        assertThat(uploads.noted("doubt-decided", "doubtful:" + row)).isEqualTo(1);
        uploads.form()
                .formParam("verdict", "different")
                .post("/lists/%d/review/%d".formatted(list, row))
                .then()
                .statusCode(409)
                .body(containsString("déjà reçu une décision"));

        uploads.post("/lists/%d/review/%d/undo".formatted(list, row), Map.of());

        assertThat(open()).isEqualTo(1);
        assertThat(row(review(""))).isEqualTo(row);
        uploads.form()
                .post("/lists/%d/review/%d/undo".formatted(list, row))
                .then()
                .statusCode(409)
                .body(containsString("attend encore une décision"));
    }

    @Test
    void twoPeopleAreTwoFiles() {
        uploads.post("/lists/%d/review/%d".formatted(list, row(review(""))), Map.of("verdict", "different"));

        assertThat(uploads.people(name)).isEqualTo(1);
        assertThat(uploads.people(misspelt)).isEqualTo(1);
        assertThat(open()).isZero();
        assertThat(review("")).contains("Deux personnes", "Revenir sur la décision à propos de Lina " + misspelt);
    }

    @Test
    void aRowCanWait() {
        long row = row(review(""));

        assertThat(review("?after=" + row)).contains("Il ne reste rien après cette ligne", "Reste à examiner : 1");
    }

    @Test
    void nobodyDecidesAboutTheRowOfAnotherListOrWithoutAnAnswer() {
        long row = row(review(""));
        uploads.form()
                .formParam("verdict", "same")
                .post("/lists/%d/review/%d".formatted(list + 1_000_000, row))
                .then()
                .statusCode(404);
        uploads.form()
                .formParam("verdict", "perhaps")
                .post("/lists/%d/review/%d".formatted(list, row))
                .then()
                .statusCode(400);
        uploads.as(Role.AGENT)
                .header("Origin", TestingNode.PRODUCT)
                .formParam("verdict", "same")
                .post("/lists/%d/review/%d".formatted(list, row))
                .then()
                .statusCode(403);
        assertThat(open()).isEqualTo(1);
    }
}
