package fr.raccroche.list;

import fr.raccroche.directory.Communes;
import fr.raccroche.list.Refused.Reason;
import fr.raccroche.list.RowRules.Accepted;
import fr.raccroche.list.RowRules.Rejected;
import fr.raccroche.list.RowRules.Verdict;
import fr.raccroche.list.RowRules.Warning;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads one file (R01): reads, judges and stages row by row, then matches and inserts everything in one transaction.
 *
 * <p>The same bytes again give the same list and add nobody. Any failure leaves the database as it was.
 */
final class ListImport {

    private final Connection connection;
    private final Loading loading;
    private final Communes communes;

    /** @param connection to PostgreSQL, without auto-commit; this load commits or rolls back */
    ListImport(Connection connection, Communes communes) {
        this.connection = connection;
        this.loading = new Loading(connection);
        this.communes = communes;
    }

    /**
     * What is loaded.
     *
     * @param fileName as the sender named it
     * @param name the list's name for people
     * @param referenceDate the day on which ages count
     * @param account who loads it; null when the program itself does
     * @param at business time of the load
     */
    record Upload(
            Path file,
            String fileName,
            String name,
            LocalDate referenceDate,
            @Nullable Long account,
            Instant at) {}

    /** Loads a file and returns the id of its list; a file that was loaded before returns the list it made then. */
    long load(Upload upload) throws SQLException, IOException, Refused {
        try {
            byte[] sha256 = sha256(upload.file());
            loading.waitForTurn();
            Long known = loading.listOf(sha256);
            long list = known == null ? fresh(upload, sha256) : known;
            connection.commit();
            return list;
        } catch (CharacterCodingException e) {
            connection.rollback();
            throw new Refused(Reason.NOT_UTF_8, null);
        } catch (SQLException | IOException | Refused | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private long fresh(Upload upload, byte[] sha256) throws SQLException, IOException, Refused {
        refuseSpreadsheet(upload.file());
        try (var lines = new CsvLines(Files.newInputStream(upload.file()))) {
            var header = Header.of(lines.next());
            lines.expect(header.width());
            long list = loading.createList(upload);
            long version = loading.createVersion(list, upload, sha256, header.raw());
            var rows = new Rows(header, new RowRules(communes, upload.referenceDate()));
            rows.stage(lines);
            merge(upload, list, version, rows);
            return list;
        }
    }

    private void merge(Upload upload, long list, long version, Rows rows) throws SQLException, IOException {
        loading.match();
        rows.reject(loading.dropRepeated(), upload.file());
        loading.mergeYouths(upload.at());
        loading.mergeContacts(upload.name(), upload.at());
        loading.mergeEntries(list, version);
        rows.writeRejects(version);
        loading.warnings(version, rows.warnings);
        loading.balance(
                version,
                rows.warnings.values().stream().mapToInt(Integer::intValue).sum());
    }

    /** The rows of one file on their way: accepted ones are staged at once, rejected ones kept to the end. */
    private final class Rows {

        private final Header header;
        private final RowRules rules;
        private final Duplicates duplicates = new Duplicates();
        private final List<Reject> rejects = new ArrayList<>();
        private final Map<Warning, Integer> warnings = new HashMap<>();

        private record Reject(CsvLines.Line line, Rejected why) {}

        Rows(Header header, RowRules rules) {
            this.header = header;
            this.rules = rules;
        }

        void stage(CsvLines lines) throws SQLException, IOException, Refused {
            CsvLines.Line line = lines.next();
            if (line == null) {
                throw new Refused(Reason.NO_ROWS, null);
            }
            try (CopyText staged = loading.stage()) {
                for (; line != null; line = lines.next()) {
                    switch (judge(line)) {
                        case Accepted accepted -> {
                            Loading.stage(staged, line.number(), accepted.person());
                            accepted.warnings().forEach(warning -> warnings.merge(warning, 1, Integer::sum));
                        }
                        case Rejected rejected -> rejects.add(new Reject(line, rejected));
                    }
                }
                staged.finish();
            }
        }

        private Verdict judge(CsvLines.Line line) {
            List<String> cells = line.cells();
            if (cells == null) {
                return whole(RowIssue.BROKEN_LINE, null);
            }
            if (cells.size() != header.width()) {
                return whole(RowIssue.FIELD_COUNT, cells.size() + " / " + header.width());
            }
            if (Header.controls(line.raw())) {
                return whole(RowIssue.FORBIDDEN_CHARACTER, null);
            }
            Verdict verdict = rules.judge(header.cells(cells));
            Integer first = verdict instanceof Accepted accepted
                    ? duplicates.firstLine(line.number(), accepted.person())
                    : null;
            return first == null ? verdict : whole(RowIssue.DUPLICATE, first.toString());
        }

        /** Rejects rows that turned out to mean one known person; their text is read from the file again. */
        void reject(Map<Integer, Integer> repeated, Path file) throws IOException {
            if (repeated.isEmpty()) {
                return;
            }
            try (var lines = new CsvLines(Files.newInputStream(file))) {
                lines.expect(header.width());
                for (CsvLines.Line line = lines.next(); line != null; line = lines.next()) {
                    Integer first = repeated.get(line.number());
                    if (first != null) {
                        rejects.add(new Reject(line, whole(RowIssue.DUPLICATE, first.toString())));
                    }
                }
            }
        }

        void writeRejects(long version) throws SQLException {
            try (CopyText rows = loading.rejects()) {
                for (Reject reject : rejects) {
                    rows.value(version)
                            .value(reject.line().number())
                            .value(reject.why().field())
                            .value(reject.why().issue().name())
                            .value(reject.why().detail())
                            .value(reject.line().raw().replace("\u0000", ""))
                            .end();
                }
                rows.finish();
            }
        }
    }

    /** A rejection of the whole line rather than of one column. */
    private static Rejected whole(RowIssue issue, @Nullable String detail) {
        return new Rejected("ligne", issue, detail);
    }

    private static void refuseSpreadsheet(Path file) throws IOException, Refused {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] magic = stream.readNBytes(4);
            boolean zip = magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3 && magic[3] == 4;
            boolean ole = magic.length == 4 && magic[0] == (byte) 0xD0 && magic[1] == (byte) 0xCF;
            if (zip || ole) {
                throw new Refused(Reason.SPREADSHEET, null);
            }
        }
    }

    private static byte[] sha256(Path file) throws IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            var digest = MessageDigest.getInstance("SHA-256");
            var block = new byte[1 << 16];
            for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
                digest.update(block, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
