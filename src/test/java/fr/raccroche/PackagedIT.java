package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is delivered, read without starting it. */
class PackagedIT {

    /** Beans and observers of the packaged application, each a class that the build made. */
    private static List<String> made() throws IOException {
        try (var jar = new ZipFile("target/quarkus-app/quarkus/generated-bytecode.jar")) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("fr/raccroche/"))
                    .toList();
        }
    }

    @Test
    void noBenchRunsInIt() throws IOException {
        assertThat(made())
                .contains("fr/raccroche/dialing/Dialer_Bean.class")
                .noneMatch(name -> name.matches("fr/raccroche/bench/.*_(Bean|ClientProxy|Observer).*"));
    }
}
