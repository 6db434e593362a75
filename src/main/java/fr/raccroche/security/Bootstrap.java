package fr.raccroche.security;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The part of Bootstrap that pages use: a fifth of it. What is cut are whole families of components and of utilities;
 * {@code BootstrapTest} names a class of a template that would be missing.
 */
final class Bootstrap {

    /** Of these classes the rules are kept. */
    private static final Pattern KEPT = Pattern.compile("row|col(-(sm|md|lg|xl))?(-auto|-\\d+)?|g[xy]?-\\d"
            + "|d-(none|flex|block|inline-block)|flex-(wrap|column|grow-1|shrink-0)|(align-items|justify-content)-.+|gap-\\d"
            + "|[mp][tbsexy]?-(\\d|auto)|[wh]-(100|auto)|text-(start|end|center|reset|nowrap|break)"
            + "|fs-\\d|fw-(bold|semibold|normal)|h[1-6]|small|lead|mark|list-unstyled|visually-hidden(-focusable)?|invisible|visible"
            + "|btn(-(primary|danger|outline-primary|outline-secondary|outline-danger|sm|check))?|form-.+|input-group(-.+)?"
            + "|is-invalid|invalid-feedback|was-validated|disabled|active|show|table(-(sm|hover|responsive))?|caption-top"
            + "|alert(-(danger|warning|success|info))?|nav(-(item|link|tabs))?|rounded|border(-0)?|overflow-(auto|hidden)"
            + "|figure|position-relative|stretched-link");

    private static final Pattern CLASS = Pattern.compile("\\.(-?[A-Za-z_][\\w-]*)");

    private final String whole;
    private int at;

    private Bootstrap(String whole) {
        this.whole = whole;
    }

    /** The part of the minified style sheet. */
    static String part(String whole) {
        return new Bootstrap(whole).block();
    }

    static boolean isKept(String name) {
        return KEPT.matcher(name).matches();
    }

    /** Rules up to the brace that closes the block around them, or to the end. */
    private String block() {
        var kept = new StringBuilder();
        while (at < whole.length() && whole.charAt(at) != '}') {
            int opens = whole.indexOf('{', at);
            int ends = whole.indexOf(';', at);
            if (ends >= 0 && (opens < 0 || ends < opens)) {
                at = ends + 1; // @charset
                continue;
            }
            if (opens < 0) {
                break;
            }
            String before = whole.substring(at, opens)
                    .replaceAll("/\\*[^*]*\\*+(?:[^/*][^*]*\\*+)*/", "")
                    .strip();
            at = opens + 1;
            kept.append(before.startsWith("@") ? grouped(before) : rule(before));
        }
        return kept.toString();
    }

    private String grouped(String condition) {
        String inside = condition.startsWith("@keyframes") ? frames() : block();
        at++;
        return inside.isEmpty() ? "" : condition + "{" + inside + "}";
    }

    /** Movements of components that are cut. */
    private String frames() {
        for (int depth = 1; depth > 0; at++) {
            depth += whole.charAt(at) == '{' ? 1 : whole.charAt(at) == '}' ? -1 : 0;
        }
        at--;
        return "";
    }

    private String rule(String selectors) {
        int closes = whole.indexOf('}', at);
        String body = whole.substring(at, closes);
        at = closes + 1;
        List<String> kept =
                alternatives(selectors).stream().filter(Bootstrap::isUsed).toList();
        return kept.isEmpty() || body.isEmpty() ? "" : String.join(",", kept) + "{" + body + "}";
    }

    private static boolean isUsed(String selector) {
        return CLASS.matcher(selector).results().allMatch(found -> isKept(found.group(1)));
    }

    /** What stands between the commas, but for those in brackets. */
    private static List<String> alternatives(String selectors) {
        var found = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < selectors.length(); i++) {
            char c = selectors.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                found.add(selectors.substring(from, i));
                from = i + 1;
            }
        }
        found.add(selectors.substring(from));
        return found;
    }
}
