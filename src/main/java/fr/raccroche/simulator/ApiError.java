package fr.raccroche.simulator;

/** A refusal in Twilio's terms: HTTP status, error code, message. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1;

    final int status;
    final int code;

    ApiError(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ApiError badRequest(int code, String message) {
        return new ApiError(400, code, message);
    }

    static ApiError notFound(String what) {
        return new ApiError(404, 20404, "The requested resource " + what + " was not found");
    }
}
