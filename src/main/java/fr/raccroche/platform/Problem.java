package fr.raccroche.platform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that cannot be fulfilled, with a stable code for programs and a French sentence for people.
 *
 * <p>Programs receive it as problem details (RFC 9457), browsers as a page that says what to do next.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Before the name of the field that is meant. */
    private static final String FIELD = "bad-";

    private final int status;
    private final String code;
    private final transient Map<String, String> mistakes;

    private Problem(int status, String code, String detail) {
        this(status, code, detail, Map.of());
    }

    private Problem(int status, String code, String detail, Map<String, String> mistakes) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.mistakes = mistakes;
    }

    /**
     * 400: fields of a form make no sense.
     *
     * @param mistakes a sentence for each of these fields, at least one; the first gives the code
     */
    static Problem badForm(Map<String, String> mistakes) {
        return new Problem(
                400,
                FIELD + mistakes.keySet().iterator().next(),
                String.join(" ", mistakes.values()),
                new LinkedHashMap<>(mistakes));
    }

    /** 400: the request itself is wrong; {@code detail} says which field and why. */
    public static Problem badRequest(String code, String detail) {
        return new Problem(400, code, detail);
    }

    /** 403: known, but not allowed. */
    public static Problem forbidden(String code, String detail) {
        return new Problem(403, code, detail);
    }

    /** 404: does not exist, or not for this person. */
    public static Problem notFound(String detail) {
        return new Problem(404, "not-found", detail);
    }

    /** 409: somebody or something was faster. */
    public static Problem conflict(String code, String detail) {
        return new Problem(409, code, detail);
    }

    /** 413: more than this server takes. */
    public static Problem tooLarge(String detail) {
        return new Problem(413, "too-large", detail);
    }

    /** 429: too often. */
    public static Problem tooMany(String detail) {
        return new Problem(429, "too-many-requests", detail);
    }

    /** 503: a part that we depend on is away; trying again later helps. */
    public static Problem unavailable(String detail) {
        return new Problem(503, "unavailable", detail);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** A sentence for each field that makes no sense; none where the request as a whole does not. */
    public Map<String, String> mistakes() {
        return mistakes.isEmpty() && code.startsWith(FIELD)
                ? Map.of(code.substring(FIELD.length()), detail())
                : Collections.unmodifiableMap(mistakes);
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
