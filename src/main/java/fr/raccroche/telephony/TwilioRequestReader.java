package fr.raccroche.telephony;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads what Twilio sends, and believes it when the signature is right: the only way to a {@link TwilioRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class TwilioRequestReader implements MessageBodyReader<TwilioRequest> {

    private static final Type FORM = new GenericType<MultivaluedMap<String, String>>() {}.getType();

    private final WebhookSignature signature;

    @Context
    UriInfo uri;

    @Context
    Providers providers;

    TwilioRequestReader(WebhookSignature signature) {
        this.signature = signature;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == TwilioRequest.class;
    }

    @Override
    public TwilioRequest readFrom(
            Class<TwilioRequest> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return new TwilioRequest(signature.verified(
                uri, headers.getFirst("X-Twilio-Signature"), form(annotations, media, headers, body)));
    }

    @SuppressWarnings("unchecked")
    private MultivaluedMap<String, String> form(
            Annotation[] annotations, MediaType media, MultivaluedMap<String, String> headers, InputStream body)
            throws IOException {
        return providers
                .getMessageBodyReader(MultivaluedMap.class, FORM, annotations, media)
                .readFrom(MultivaluedMap.class, FORM, annotations, media, headers, body);
    }
}
