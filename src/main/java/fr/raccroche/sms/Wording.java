package fr.raccroche.sms;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text, however it is spelt: without case, accents, decoration and doubled letters, usual short forms of
 * texts written out. {@link #pattern} brings the words of a pattern into the same shape.
 *
 * @param all every word, one blank between them
 * @param meant the same from the last « mais » on: what comes after it is what is meant
 * @param sentences of what is meant, without their questions
 * @param asks whether the text ends with a question
 */
record Wording(String all, String meant, List<String> sentences, boolean asks) {

    private static final Pattern DOUBLED = Pattern.compile("(?<!\\\\)([a-z])\\1+");
    private static final Pattern SPACED = Pattern.compile("\\b(?:[a-z][^a-z0-9]){3,}[a-z]\\b");
    private static final Pattern BUT = Pattern.compile("(?s).*\\bmais\\b");
    private static final String ENDS = "(?<=[.!?;,:\n\r\u2026])";

    /** What is written short, letter by letter or by ear; keys are whole words without doubled letters. */
    private static final List<Map.Entry<Pattern, String>> WRITTEN_OUT = List.of(
            whole("pa", "pas"),
            whole("pu|plu", "plus"),
            whole("jame|jamai|jms", "jamais"),
            whole("j?veu|jveux|jve|jvx", "je veux"),
            whole("jvoudrai[ts]?", "je voudrais"),
            whole("jsuis?|chuis?|chu|jsui|jss", "je suis"),
            whole("jai|g", "j ai"),
            whole("cest|sest|c e", "c est"),
            whole("st op|sto p|s top", "stop"),
            whole("jrefuse", "je refuse"),
            whole("vs|vou", "vous"),
            whole("lese[rz]?|laise[r]?", "laissez"),
            whole("ns", "nous"),
            whole("ds", "dans"),
            whole("ke|k", "que"),
            whole("kan|kand|qd", "quand"),
            whole("mn", "min"),
            whole("mwa|moa", "moi"),
            whole("svp|sivouplait?|silvouplait?|siouplait?|stp|steuplait?|siteplait?|pls|plz", "svp"),
            whole("mrc|mci|merki|thx|mercii", "merci"),
            whole("bjr|bjour|bonjours", "bonjour"),
            whole("bsr", "bonsoir"),
            whole("slt", "salut"),
            whole("num|numro|nro|nr|numeros", "numero"),
            whole("msg|msgs|mesg|mesag|meseges?|mesaje", "message"),
            whole("dmain|2m1|2main|dem1", "demain"),
            whole("aprem|aprm", "apres midi"),
            whole("trankil|trankile|tranquil|trkl|trql|tranquilou", "tranquille"),
            whole("mapel(\\w*)", "m apel$1"),
            whole("mrapel(\\w*)", "me rapel$1"),
            whole("napel(\\w*)", "n apel$1"),
            whole("mecriv(\\w*)", "m ecriv$1"),
            whole("menvoy(\\w*)", "m envoy$1"),
            whole("dapel(\\w*)", "d apel$1"),
            whole("st0p|5top|stpo|sotp|srop|stiop|stoip|stoph", "stop"));

    private static Map.Entry<Pattern, String> whole(String shortForms, String written) {
        return Map.entry(Pattern.compile("\\b(?:" + shortForms + ")\\b"), single(written));
    }

    Wording {
        sentences = List.copyOf(sentences);
    }

    static Wording of(String text) {
        String written = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replace("\u0153", "oe")
                .replaceAll("\\b([smclndjt])['\u2019`\u00b4]", "$1 ")
                .replaceAll("['\u2019`\u00b4_*~\"\u00ab\u00bb\u201c\u201d\u2010-\u2015-]", " ")
                .replaceAll("\\h+", " ")
                .replaceAll("(?<=[a-z] ?)\\+(?!\\d)", " plus ")
                .strip();
        written = SPACED.matcher(written).replaceAll(letters -> letters.group().replaceAll("[^a-z]", ""));
        written = single(written);
        for (Map.Entry<Pattern, String> form : WRITTEN_OUT) {
            written = form.getKey().matcher(written).replaceAll(form.getValue());
        }
        written = written.replace("je je ", "je ");
        String meant = BUT.matcher(written).replaceFirst("");
        return new Wording(
                words(written),
                words(meant),
                Arrays.stream(meant.split(ENDS))
                        .filter(sentence -> !sentence.strip().endsWith("?"))
                        .map(Wording::words)
                        .filter(sentence -> !sentence.isEmpty())
                        .toList(),
                written.matches("(?s).*\\?[^a-z0-9]*"));
    }

    /** A pattern over words: write them without accents, with their doubled letters. */
    static Pattern pattern(String regex) {
        return Pattern.compile(single(regex));
    }

    boolean has(Pattern pattern) {
        return pattern.matcher(all).find();
    }

    private static String single(String words) {
        return DOUBLED.matcher(words).replaceAll(letter -> Matcher.quoteReplacement(letter.group(1)));
    }

    private static String words(String written) {
        return written.replaceAll("(?<=\\d)[:.](?=\\d)", "h")
                .replaceAll("[^a-z0-9/]+", " ")
                .strip();
    }
}
