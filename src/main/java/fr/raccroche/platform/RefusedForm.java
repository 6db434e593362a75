package fr.raccroche.platform;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The page of a form that was refused, made out of the page as it usually is: what was typed stands in the fields again,
 * each mistake stands at its field, and a summary above leads there. So no page has a word of this in its template.
 */
final class RefusedForm {

    private static final String SUMMARY = "mistakes";
    /** What a browser does not let us fill, and what nobody typed. */
    private static final List<String> LEFT_ALONE = List.of("hidden", "password", "file", "submit", "button");

    private final Document page;

    RefusedForm(String html) {
        this.page = Jsoup.parse(html);
        this.page.outputSettings().prettyPrint(false);
    }

    /** @param action where the form was sent, by which it is found again */
    String filled(String action, MultivaluedMap<String, String> typed, Problem problem) {
        Element form = form(action, typed);
        if (form != null) {
            form.select("input[name], select[name], textarea[name]").forEach(control -> fill(control, typed));
        }
        Element list = summary(problem);
        Map<String, String> mistakes = problem.mistakes();
        mistakes.forEach((field, sentence) -> {
            Element control = form == null ? null : control(form, field);
            Element line = list.appendElement("li");
            if (control == null) {
                line.text(sentence);
            } else {
                line.appendElement("a")
                        .attr("href", "#" + mark(control, field, sentence))
                        .text(sentence);
            }
        });
        if (mistakes.isEmpty()) {
            list.appendElement("li").text(problem.detail());
        }
        page.title("Erreur : " + page.title());
        return page.outerHtml();
    }

    private @Nullable Element form(String action, MultivaluedMap<String, String> typed) {
        Elements forms = page.select("main form[method=post]");
        return forms.stream()
                .filter(form -> form.attr("action").equals(action))
                .filter(form -> isTheOne(form, typed))
                .findFirst()
                .orElse(forms.stream()
                        .filter(form -> form.attr("action").equals(action))
                        .findFirst()
                        .orElse(null));
    }

    /** Several forms may be sent to one address: their hidden fields tell them apart. */
    private static boolean isTheOne(Element form, MultivaluedMap<String, String> typed) {
        return form.select("input[type=hidden][name]").stream()
                .allMatch(hidden -> !typed.containsKey(hidden.attr("name"))
                        || typed.get(hidden.attr("name")).contains(hidden.val()));
    }

    private static void fill(Element control, MultivaluedMap<String, String> typed) {
        List<String> values = typed.getOrDefault(control.attr("name"), List.of());
        String type = control.attr("type");
        if (type.equals("checkbox") || type.equals("radio")) {
            String value = control.hasAttr("value") ? control.val() : "on";
            control.attr("checked", values.contains(value));
        } else if (LEFT_ALONE.contains(type) || values.isEmpty()) {
            return;
        } else if (control.normalName().equals("select")) {
            control.select("option").forEach(option -> option.attr("selected", values.contains(option.val())));
        } else if (control.normalName().equals("textarea")) {
            control.text(values.getFirst());
        } else {
            control.val(values.getFirst());
        }
    }

    /** What a mistake is about: a field, or a group of them. */
    private static @Nullable Element control(Element form, String field) {
        for (Element candidate : form.select("input, select, textarea, fieldset")) {
            if ((candidate.attr("name").equals(field) || candidate.id().equals(field))
                    && !candidate.attr("type").equals("hidden")) {
                return candidate;
            }
        }
        return null;
    }

    /** Says a mistake where it was made. Returns where a link leads. */
    private static String mark(Element control, String field, String sentence) {
        Element group = isOneOfSeveral(control) ? control.closest("fieldset") : null;
        Element said = new Element("p")
                .addClass("mistake")
                .attr("id", "mistake-" + field)
                .text(sentence);
        Element legend = group == null ? null : group.selectFirst("legend");
        Element label = control.id().isEmpty() || control.ownerDocument() == null
                ? null
                : control.ownerDocument().selectFirst("label[for=\"" + control.id() + "\"]");
        if (legend != null) {
            legend.after(said);
        } else if (label != null
                && !label.hasClass("visually-hidden")
                && !control.attr("type").matches("checkbox|radio")) {
            label.after(said);
        } else {
            control.before(said);
        }
        Elements marked = group == null ? new Elements(control) : group.select("input, select, textarea");
        marked.forEach(one -> {
            one.attr("aria-invalid", "true").addClass("is-invalid");
            one.attr("aria-describedby", (said.id() + " " + one.attr("aria-describedby")).strip());
        });
        control.parents().select("details").forEach(folded -> folded.attr("open", true));
        Element first = marked.isEmpty() ? control : marked.first();
        if (first == null || first.id().isEmpty()) {
            return said.attr("tabindex", "-1").id();
        }
        return first.id();
    }

    private static boolean isOneOfSeveral(Element control) {
        return control.normalName().equals("fieldset") || control.attr("type").matches("checkbox|radio");
    }

    private Element summary(Problem problem) {
        Element main = page.selectFirst("main");
        Element box = (main == null ? page.body() : main)
                .prependElement("div")
                .addClass("alert alert-danger")
                .attr("id", SUMMARY)
                .attr("role", "alert")
                .attr("tabindex", "-1")
                .attr("autofocus", true);
        box.appendElement("h2")
                .text(
                        problem.status() == 409
                                ? "Rien n'a été enregistré"
                                : "Rien n'est encore enregistré : à corriger");
        return box.appendElement("ul").addClass("mb-0");
    }
}
