package fr.raccroche.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a channel needs beside its name: without one of these its events would wait for ever, or nobody would hear of them. */
class ChannelsTest {

    static Stream<String> names() {
        return Arrays.stream(Outbox.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(ChannelsTest::value);
    }

    private static String value(java.lang.reflect.Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyChannelIsConfiguredAtBothEnds(String name) throws IOException {
        var settings = new Properties();
        try (var file = ChannelsTest.class.getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        assertThat(settings)
                .containsEntry("mp.messaging.outgoing." + name + "-out.topic", name)
                .containsEntry("mp.messaging.incoming." + name + ".topic", name)
                .containsKeys(
                        "mp.messaging.outgoing." + name + "-out.connector",
                        "mp.messaging.incoming." + name + ".connector",
                        "mp.messaging.incoming." + name + ".concurrency");
    }
}
