package fr.raccroche.list;

import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Reads a file in a program of its own that has hardly any heap. */
public final class SmallHeap {

    private SmallHeap() {}

    /**
     * Recognises and reads a file.
     *
     * @param megabytes of heap
     * @return how many rows it has, or why it was refused
     */
    public static String read(Path file, int megabytes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + megabytes + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return said;
        }
    }

    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        int rows = 0;
        try (var file = TableFile.open(path, TableFile.recognise(path, Vocabulary::known))) {
            while (file.next() != null) {
                rows++;
            }
            System.out.println(rows + " rows");
        } catch (Refused refused) {
            System.out.println(refused.reason());
        }
    }
}
