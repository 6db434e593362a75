package fr.raccroche.personal;

import fr.raccroche.campaign.TextSettings;
import fr.raccroche.youth.Solution;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The small page behind the link of a text, for a phone. Whoever holds the token is taken for the youth; the page shows
 * a first name and who calls, and nothing else. A GET changes nothing.
 */
@Path("/r/{token}")
@PermitAll
@Produces(MediaType.TEXT_HTML)
public class PersonalPages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance page(
                PersonalView view, String token, @Nullable Obstacle refused, List<Solution> solutions, String typed);

        static native TemplateInstance stop(PersonalView view, String token);

        static native TemplateInstance done(PersonalView view, ReportKind kind, @Nullable Instant callAt, String token);

        static native TemplateInstance closed(String service, String number, boolean tooMany);
    }

    private static final int LONGEST_NUMBER = 40;

    private final Door door;
    private final SelfService self;
    private final String number;

    PersonalPages(
            Door door, SelfService self, @ConfigProperty(name = "raccroche.twilio.numbers") List<String> numbers) {
        this.door = door;
        this.self = self;
        this.number = numbers.getFirst();
    }

    @GET
    public Uni<RestResponse<TemplateInstance>> page(@PathParam("token") String token) {
        return door.view(token).map(result -> answer(result, token, ""));
    }

    @POST
    @Path("/call")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<TemplateInstance>> call(
            @PathParam("token") String token, @RestForm @DefaultValue("") String at) {
        return self.call(token, instant(at)).map(result -> answer(result, token, ""));
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @POST
    @Path("/solution")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<TemplateInstance>> solution(
            @PathParam("token") String token, @RestForm @DefaultValue("") String solution) {
        return self.solution(
                        token,
                        SelfReports.SOLUTIONS.stream()
                                .filter(it -> it.name().equals(solution))
                                .findFirst()
                                .orElse(null))
                .map(result -> answer(result, token, ""));
    }

    @POST
    @Path("/number")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<TemplateInstance>> number(
            @PathParam("token") String token, @RestForm @DefaultValue("") String number) {
        String typed = number.length() > LONGEST_NUMBER ? "" : number.strip();
        return self.number(token, typed).map(result -> answer(result, token, typed));
    }

    /** Asks whether it is meant. */
    @GET
    @Path("/stop")
    public Uni<RestResponse<TemplateInstance>> stop(@PathParam("token") String token) {
        return door.view(token)
                .map(result -> result instanceof Result.Shown shown
                        ? RestResponse.ok(Templates.stop(shown.view(), token))
                        : answer(result, token, ""));
    }

    @POST
    @Path("/stop")
    public Uni<RestResponse<TemplateInstance>> object(@PathParam("token") String token) {
        return self.object(token).map(result -> answer(result, token, ""));
    }

    private RestResponse<TemplateInstance> answer(Result result, String token, String typed) {
        List<Solution> solutions = SelfReports.SOLUTIONS;
        return switch (result) {
            case Result.Shown shown -> RestResponse.ok(Templates.page(shown.view(), token, null, solutions, typed));
            case Result.Done done -> RestResponse.ok(Templates.done(done.view(), done.kind(), done.callAt(), token));
            case Result.Refused refused ->
                RestResponse.status(
                        RestResponse.Status.BAD_REQUEST,
                        Templates.page(refused.view(), token, refused.why(), solutions, typed));
            case Result.Unknown unknown ->
                RestResponse.status(
                        RestResponse.Status.NOT_FOUND, Templates.closed(TextSettings.SERVICE, number, false));
            case Result.TooMany tooMany ->
                RestResponse.status(
                        RestResponse.Status.TOO_MANY_REQUESTS, Templates.closed(TextSettings.SERVICE, number, true));
        };
    }
}
