package fr.raccroche.telephony;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses to start with an endpoint under Twilio's path that would answer somebody whose signature nobody checked. */
@Provider
public class WebhooksAreSigned implements DynamicFeature {

    private static final String PATH = "/webhooks/twilio/";

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        String path = "/" + path(endpoint.getResourceClass().getAnnotation(Path.class)) + "/"
                + path(endpoint.getResourceMethod().getAnnotation(Path.class));
        if (isOpen(path, List.of(endpoint.getResourceMethod().getParameterTypes()))) {
            throw new IllegalStateException("%s takes no TwilioRequest: anybody could use it as if they were Twilio"
                    .formatted(endpoint.getResourceMethod()));
        }
    }

    /** Whether an endpoint of Twilio's asks for no signature. */
    static boolean isOpen(String path, List<? extends Class<?>> parameters) {
        return (path + "/").replaceAll("/+", "/").startsWith(PATH) && !parameters.contains(TwilioRequest.class);
    }

    private static String path(@Nullable Path part) {
        return part == null ? "" : part.value();
    }
}
