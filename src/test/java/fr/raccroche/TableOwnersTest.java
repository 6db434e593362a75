package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may write which table: one line a table, held against the statements in the source. */
class TableOwnersTest {

    /** Every table with the classes that write it; a load's own tables by their names in braces. */
    private static final String OWNERS = """
            access_log: security/AccessLog
            account: security/Accounts
            agent_presence: dialing/Agents
            call_attempt: dialing/Attempts
            call_event: telephony/VoiceWebhook
            call_pace: dialing/CallTurns
            callback: queue/Leaving queue/ListPlaces queue/Promises
            caller_number: campaign/ShownNumbers
            campaign: campaign/Campaigns campaign/ShownNumbers
            campaign_change: campaign/CampaignHistory
            campaign_number: campaign/ShownNumbers
            campaign_youth: queue/Ends queue/Enrolment queue/Leaving queue/ListPlaces queue/Places queue/PlannedTexts queue/Promises
            commune: directory/DirectoryLoad
            commune_postal_code: directory/DirectoryLoad
            doubtful_row: list/Decisions list/Merge list/Versions
            dropout_list: list/Versions
            former_commune: directory/DirectoryLoad
            end_seen: handoff/LeftYouths
            handoff: handoff/Handoffs
            handoff_event: handoff/Handoffs
            inbound_call: dialing/InboundCalls inbound/CallsIn
            legal_guardian: list/Merge
            list_change: list/Merge
            list_correction: list/LoadFindings
            list_entry: list/Merge
            list_load: list/LoadOrders list/LoadRun list/LoadWorker list/Signs list/StoredLoads list/Versions
            list_load_part: list/StoredFiles
            list_source: list/ListSources
            list_version: list/Decisions list/LoadOrders list/Versions
            list_warning: list/LoadFindings
            mapping_profile: list/MappingProfiles
            objection: youth/Youths
            outbox: platform/Outbox platform/Relay
            outcome: desk/Outcomes
            outcome_correction: desk/Outcomes
            personal_link: sms/PersonalLinks
            phone_number: youth/KnownNumbers list/Merge
            rejected_row: list/LoadFindings
            self_report: personal/SelfReports
            session: security/Sessions
            setting: platform/Settings
            sign_in_failure: security/Guesses
            sms_message: sms/LastTexts sms/Messages
            source_token: list/ListSources
            structure: directory/DirectoryLoad
            telephone: youth/Telephones
            territory: directory/DirectoryLoad
            text_plan: queue/Leaving queue/PlannedTexts
            unreachable: handoff/UnreachableYouths
            voicemail_message: desk/Outcomes
            youth: list/Merge
            {barred}: list/Staging
            {cells}: list/Staging
            {joined}: list/Staging
            {known}: list/Merge
            {match}: list/Matching
            {missing}: list/Placement list/Staging
            {place}: list/Placement list/Staging
            {rows}: list/LineJoin list/Matching list/Placement list/Staging
            {verdicts}: list/Matching list/Staging
            """;

    /** Tables that two rooms write, and why. */
    private static final Map<String, String> SHARED = Map.of(
            "inbound_call",
            "The watch over lines notes that it looked after a caller whom nobody heard of.",
            "phone_number",
            "A load adds, ranks and takes back the numbers of a whole list set by set, from its own tables.");

    /** Measures against raw statements on a database of its own. */
    private static final String BENCH = "bench/";

    private static final Path SOURCES = Path.of("src/main/java/fr/raccroche");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    private static final Pattern TEXTS =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"|//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    /** Locks ({@code for update}), the second half of an upsert and tables that a load makes and drops are no writes. */
    private static final Pattern WRITES = Pattern.compile(
            "(?:insert\\s+into|delete\\s+from|merge\\s+into|truncate(?:\\s+table)?|copy"
                    + "|create\\s+unlogged\\s+table|(?<!for |do |key )\\bupdate)\\s+(?:only\\s+)?(\\{?[a-z_]+}?)",
            Pattern.CASE_INSENSITIVE);

    private static Map<String, Set<String>> named() {
        return OWNERS.lines()
                .map(line -> line.split(": "))
                .collect(Collectors.toMap(
                        line -> line[0],
                        line -> new TreeSet<>(Arrays.asList(line[1].split(" "))),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static Map<String, Set<String>> written() throws IOException {
        var written = new TreeMap<String, Set<String>>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                String type = SOURCES.relativize(file).toString().replace(".java", "");
                if (!type.startsWith(BENCH)) {
                    tables(read(file))
                            .forEach(table -> written.computeIfAbsent(table, t -> new TreeSet<>())
                                    .add(type));
                }
            });
        }
        return written;
    }

    private static Stream<String> tables(String source) {
        return TEXTS.matcher(source)
                .results()
                .map(text -> text.group(1) == null ? text.group(2) : text.group(1))
                .filter(text -> text != null)
                .flatMap(text -> WRITES.matcher(text).results().map(write -> write.group(1)))
                .filter(table -> !table.equals("set") && !table.equals("skip") && !table.equals("of"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyItsOwnersWriteATableAndEachOfThemDoes() throws IOException {
        assertThat(written()).isEqualTo(named());
    }

    @Test
    void everyTableHasOneWritingRoom() {
        var rooms = new LinkedHashMap<String, Set<String>>();
        named().forEach((table, owners) -> rooms.put(
                table, owners.stream().map(owner -> owner.split("/")[0]).collect(Collectors.toSet())));

        assertThat(rooms.entrySet())
                .filteredOn(entry -> entry.getValue().size() > 1)
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(SHARED.keySet());
    }

    /** What the database did by itself would have no owner here. */
    @Test
    void noFunctionOrTriggerWrites() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .filteredOn(file -> Pattern.compile(
                                    "create\\s+(or\\s+replace\\s+)?(function|procedure|trigger|rule)\\b",
                                    Pattern.CASE_INSENSITIVE)
                            .matcher(read(file))
                            .find())
                    .isEmpty();
        }
    }
}
