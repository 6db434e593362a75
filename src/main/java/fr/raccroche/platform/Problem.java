package fr.raccroche.platform;

/**
 * A request that cannot be fulfilled, with a stable code for programs and a French sentence for people.
 *
 * <p>Programs receive it as problem details (RFC 9457), browsers as a page that says what to do next.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private Problem(int status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
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

    public String detail() {
        return String.valueOf(getMessage());
    }
}
