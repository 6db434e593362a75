package fr.raccroche.telephony;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * The SDK's client without its habits: it sends each request once, gives up when it should, and speaks to the
 * configured host. Left alone, the SDK sends a refused "place a call" up to six times.
 */
@ApplicationScoped
public class TwilioConnection {

    private final TwilioRestClient client;

    TwilioConnection(TwilioConfig config) {
        URI base = config.baseUrl();
        if (!isSafe(base)) {
            throw new IllegalStateException(
                    "The Twilio base URL must be https, or http on the loopback interface: " + base);
        }
        client = new TwilioRestClient.Builder(config.accountSid(), config.authToken())
                .accountSid(config.accountSid())
                .httpClient(new OnceOnly(base, config.timeout()))
                .build();
    }

    /** The client to give to the SDK's {@code create}, {@code read} and {@code fetch}; blocking, so on a worker only. */
    public TwilioRestClient client() {
        return client;
    }

    static boolean isSafe(URI base) {
        return "https".equals(base.getScheme()) || ("http".equals(base.getScheme()) && isLoopback(base.getHost()));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static final class OnceOnly extends NetworkHttpClient {

        private final String base;

        OnceOnly(URI base, Duration timeout) {
            super(builder(timeout));
            this.base = base.toString().replaceAll("/+$", "");
        }

        private static HttpClientBuilder builder(Duration timeout) {
            Timeout limit = Timeout.of(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return HttpClientBuilder.create()
                    .disableAutomaticRetries()
                    .disableRedirectHandling()
                    .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                            .setDefaultSocketConfig(
                                    SocketConfig.custom().setSoTimeout(limit).build())
                            .setDefaultConnectionConfig(ConnectionConfig.custom()
                                    .setConnectTimeout(limit)
                                    .setSocketTimeout(limit)
                                    .setValidateAfterInactivity(Timeout.ofSeconds(1))
                                    .build())
                            .setMaxConnPerRoute(32)
                            .setMaxConnTotal(64)
                            .build());
        }

        @Override
        public Response reliableRequest(Request request) {
            return makeRequest(request);
        }

        @Override
        public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
            return makeRequest(request);
        }

        @Override
        public Response makeRequest(Request request) {
            var moved = new Request(
                    request.getMethod(), base + request.constructURL().getFile());
            moved.setAuth(request.getUsername(), request.getPassword());
            request.getPostParams().forEach((name, values) -> values.forEach(value -> moved.addPostParam(name, value)));
            request.getHeaderParams()
                    .forEach((name, values) -> values.forEach(value -> moved.addHeaderParam(name, value)));
            moved.setContentType(request.getContentType());
            if (request.getBody() != null) {
                moved.setBody(request.getBody());
            }
            return super.makeRequest(moved);
        }
    }
}
