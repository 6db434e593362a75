package fr.raccroche.inbound;

import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A recording as an answer, whole or the part that a player asks for. */
final class Sound {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,10})-(\\d{0,10})");

    private final byte[] bytes;

    Sound(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param range the header that asks for a part; null for the whole. Several parts are answered with the whole */
    Response answer(@Nullable String range) {
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
            return Response.ok(bytes, "audio/wav")
                    .header("Accept-Ranges", "bytes")
                    .build();
        }
        long from = asked.group(1).isEmpty()
                ? Math.max(0, bytes.length - Long.parseLong(asked.group(2)))
                : Long.parseLong(asked.group(1));
        long to = asked.group(1).isEmpty() || asked.group(2).isEmpty()
                ? bytes.length - 1L
                : Math.min(Long.parseLong(asked.group(2)), bytes.length - 1L);
        if (from > to) {
            return Response.status(416)
                    .header("Content-Range", "bytes */" + bytes.length)
                    .build();
        }
        return Response.status(206)
                .type("audio/wav")
                .header("Accept-Ranges", "bytes")
                .header("Content-Range", "bytes " + from + "-" + to + "/" + bytes.length)
                .entity(Arrays.copyOfRange(bytes, (int) from, (int) to + 1))
                .build();
    }
}
