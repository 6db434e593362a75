package fr.raccroche.telephony;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Workers;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;

/** What callers said, where Twilio keeps it: fetched by this node, so that no browser learns its address there. */
@ApplicationScoped
public class Recordings {

    private final TwilioConfig config;
    private final Workers workers;
    private final HttpClient client;

    Recordings(TwilioConfig config, Workers workers) {
        this.config = config;
        this.workers = workers;
        this.client = HttpClient.newBuilder()
                .connectTimeout(config.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The recording as WAV; {@link Problem} 404 when Twilio has it no more, 503 when it does not answer. */
    public Uni<byte[]> fetch(String sid) {
        return workers.remote(() -> ask(sid));
    }

    private byte[] ask(String sid) throws InterruptedException {
        String base = config.baseUrl().toString().replaceAll("/+$", "");
        String key = config.accountSid() + ":" + config.authToken();
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        base + "/2010-04-01/Accounts/" + config.accountSid() + "/Recordings/" + sid + ".wav"))
                .timeout(config.timeout())
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(key.getBytes(UTF_8)))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            if (answer.statusCode() == 404) {
                throw Problem.notFound("Cet enregistrement n'est plus chez Twilio.");
            }
            Log.warnf("Twilio answered %d instead of a recording", answer.statusCode());
        } catch (IOException e) {
            Log.warnf("Twilio did not answer for a recording: %s", e.getClass().getSimpleName());
        }
        throw Problem.unavailable("L'enregistrement ne se charge pas pour le moment : réessayez dans un instant.");
    }
}
