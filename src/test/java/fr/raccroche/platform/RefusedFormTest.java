package fr.raccroche.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A form that comes again: what was typed, each mistake at its field, and a summary that leads there. */
class RefusedFormTest {

    private static final String PAGE = """
            <!doctype html><html lang="fr"><head><title>Essai</title></head><body><main>
            <form method="post" action="/other"><input name="name" id="other-name" value="x"></form>
            <form method="post" action="/essai">
            <input type="hidden" name="id" value="7">
            <label for="name">Nom</label><input name="name" id="name" value="avant" aria-describedby="name-why">
            <details><summary>Plus</summary><textarea name="words" id="words">avant</textarea></details>
            <select name="kind" id="kind"><option value="A" selected>a</option><option value="B">b</option></select>
            <fieldset id="days"><legend>Jours</legend><input type="checkbox" name="days" id="mon" value="MON" checked>
            <input type="checkbox" name="days" id="tue" value="TUE"></fieldset>
            <input type="password" name="secret" id="secret">
            </form></main></body></html>""";

    private static Document again(Map<String, List<String>> typed, Mistakes mistakes) {
        var fields = new MultivaluedHashMap<String, String>();
        fields.putAll(typed);
        try {
            mistakes.refuse();
            throw new AssertionError("There were mistakes");
        } catch (Problem problem) {
            return Jsoup.parse(new RefusedForm(PAGE).filled("/essai", fields, problem));
        }
    }

    private static Mistakes mistakes(String... fields) {
        var mistakes = new Mistakes();
        for (String field : fields) {
            mistakes.add(field, "Vérifiez " + field);
        }
        return mistakes;
    }

    @Test
    void whatWasTypedIsThereAgain() {
        Document page = again(
                Map.of(
                        "id", List.of("7"),
                        "name", List.of("<b>après</b>"),
                        "words", List.of("deux\nlignes"),
                        "kind", List.of("B"),
                        "days", List.of("TUE"),
                        "secret", List.of("s3cret")),
                mistakes("name"));

        assertThat(page.expectFirst("#name").val()).isEqualTo("<b>après</b>");
        assertThat(page.expectFirst("#words").wholeText()).isEqualTo("deux\nlignes");
        assertThat(page.select("#kind option[selected]").eachAttr("value")).containsExactly("B");
        assertThat(page.select("#days input[checked]").eachAttr("value")).containsExactly("TUE");
        assertThat(page.expectFirst("#secret").val()).isEmpty();
        assertThat(page.expectFirst("#other-name").val()).isEqualTo("x");
    }

    @Test
    void everyMistakeIsAtItsFieldAndInTheSummary() {
        Document page = again(Map.of("name", List.of("")), mistakes("name", "words", "days", "nowhere"));

        assertThat(page.title()).isEqualTo("Erreur : Essai");
        assertThat(page.select("#mistakes li").eachText())
                .containsExactly("Vérifiez name", "Vérifiez words", "Vérifiez days", "Vérifiez nowhere");
        assertThat(page.select("#mistakes a").eachAttr("href")).containsExactly("#name", "#words", "#mon");
        assertThat(page.select("[aria-invalid=true]").eachAttr("id")).containsExactly("name", "words", "mon", "tue");
        assertThat(page.expectFirst("#name").attr("aria-describedby")).isEqualTo("mistake-name name-why");
        assertThat(page.select("legend + #mistake-days")).hasSize(1);
        assertThat(page.select("details[open] #words")).hasSize(1);
    }
}
