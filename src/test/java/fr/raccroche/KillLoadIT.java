package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while a list is read, applied and undone: nobody ever sees half of it, and nobody has to begin again. */
class KillLoadIT {

    private static final int PEOPLE = 20_000;
    private static final Duration TURN = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void aLoadGoesOnWhereverItWasKilled() throws Exception {
        long seed = Long.getLong("raccroche.test.seed", System.nanoTime());
        System.out.println("KillLoadIT: -Draccroche.test.seed=" + seed);
        var random = new Random(seed);
        try (var installation = new TestingInstallation(data, 1)) {
            installation.start();
            installation.awaitReady();
            installation.signIn();
            String before = everything(installation);

            String load = installation.upload(
                    "/lists", Map.of("name", "Rentrée", "referenceDate", "2026-11-24"), "liste.csv", people(PEOPLE));
            assertThat(installation.post(load + "/mapping", Map.of())).isEqualTo(303);
            killIn(installation, "READING", random);
            assertThat(everything(installation)).as("while it is read").isEqualTo(before);
            goOnUntil(installation, "PREVIEW");
            assertThat(everything(installation)).as("what a preview changes").isEqualTo(before);

            assertThat(installation.post(load + "/confirm", Map.of("agreed", "yes")))
                    .isEqualTo(303);
            killIn(installation, "APPLYING", random);
            assertThat(List.of(0L, (long) PEOPLE))
                    .as("people while it is applied")
                    .contains(number(installation, "select count(*) from list_entry"));
            goOnUntil(installation, "DONE");
            assertThat(number(installation, "select count(*) from list_entry")).isEqualTo(PEOPLE);
            assertThat(number(installation, "select count(*) from youth")).isEqualTo(PEOPLE);
            assertThat(number(installation, "select count(*) from list_version"))
                    .isOne();

            assertThat(installation.post(load + "/undo", Map.of("agreed", "yes")))
                    .isEqualTo(303);
            killIn(installation, "UNDOING", random);
            goOnUntil(installation, "UNDONE");
            assertThat(everything(installation)).as("after it was undone").isEqualTo(before);
        }
    }

    private static void killIn(TestingInstallation installation, String state, Random random) throws Exception {
        await().atMost(TURN).pollInterval(Duration.ofMillis(5)).until(() -> state(installation), state::equals);
        Thread.sleep(random.nextInt(300));
        installation.kill();
        System.out.println("KillLoadIT: killed in " + state(installation));
    }

    private static void goOnUntil(TestingInstallation installation, String state) throws Exception {
        installation.start();
        installation.awaitReady();
        await().atMost(TURN).until(() -> state(installation), state::equals);
    }

    private static String state(TestingInstallation installation) throws Exception {
        return text(installation, "select state from list_load");
    }

    /** What is known of people, and of lists but for the load itself. */
    private static String everything(TestingInstallation installation) throws Exception {
        var all = new ArrayList<String>();
        for (String table : List.of(
                "youth",
                "phone_number",
                "legal_guardian",
                "list_entry",
                "list_version where undone_at is null",
                "list_change",
                "doubtful_row")) {
            all.add(table + " " + number(installation, "select count(*) from " + table));
        }
        return String.join(", ", all);
    }

    private static long number(TestingInstallation installation, String query) throws Exception {
        return Long.parseLong(text(installation, query));
    }

    private static String text(TestingInstallation installation, String query) throws Exception {
        try (Connection database = DriverManager.getConnection(installation.jdbc());
                var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                throw new SQLException("No row: " + query);
            }
            return rows.getString(1);
        }
    }

    private static String people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "N%s;P%s;%02d/%02d/2009;0639 98 %02d %02d"
                        .formatted(letters(i), letters(i * 7 + 3), 1 + i % 28, 1 + i / 28 % 12, i / 100 % 100, i % 100))
                .collect(Collectors.joining("\n", "Nom;Prénom;Date de naissance;Portable\n", "\n"));
    }

    private static String letters(int number) {
        return number < 26 ? String.valueOf((char) ('a' + number)) : letters(number / 26) + (char) ('a' + number % 26);
    }
}
