package fr.raccroche.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The file in which a ledger outlives its process: a line of JSON for each entry, appended as it comes. */
final class LedgerFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String kept;
    private final BufferedWriter writer;

    LedgerFile(Path path) {
        try {
            kept = Files.exists(path) ? Files.readString(path) : "";
            writer = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (!kept.isEmpty() && !kept.endsWith("\n")) {
                writer.newLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger cannot be kept in " + path, e);
        }
    }

    /** What stood in the file when it was opened, oldest first. */
    Stream<LedgerEntry> earlier() {
        return kept.lines().map(LedgerFile::read).flatMap(Optional::stream);
    }

    void append(LedgerEntry entry) {
        try {
            writer.write(JSON.writeValueAsString(List.of(
                    entry.kind(), entry.subject(), entry.detail(), entry.at().toString())));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger cannot be written", e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<LedgerEntry> read(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            return Optional.of(new LedgerEntry(
                    entry.path(0).asText(),
                    entry.path(1).asText(),
                    entry.path(2).asText(),
                    Instant.parse(entry.path(3).asText())));
        } catch (JsonProcessingException e) {
            // the last line may be cut short when the machine stopped while it was written
            return Optional.empty();
        }
    }
}
