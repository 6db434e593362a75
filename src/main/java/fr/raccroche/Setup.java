package fr.raccroche;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.EmbeddedDatabase;
import fr.raccroche.platform.FrenchCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns command line and environment into the configuration of a node.
 *
 * @param database the embedded server that was started, if none is configured
 * @param properties configuration for the application
 * @param announcements lines for whoever started it
 */
record Setup(Optional<EmbeddedDatabase> database, Map<String, String> properties, List<String> announcements) {

    /** The command line or the environment makes no sense. */
    static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private static final LocalTime OPENS = LocalTime.of(10, 0);
    private static final LocalTime LATEST = LocalTime.of(19, 0);
    private static final int DEMO_YOUTHS = 120;
    private static final int SIMULATOR_PORT_OFFSET = 1;

    private static final List<String> DEMO_PEOPLE = List.of(
            "AGENT agent@demo.example Alex Martin",
            "SUPERVISOR superviseur@demo.example Sacha Bernard",
            "PARTNER mission-locale@demo.example Camille Petit MISSION_LOCALE:75119",
            "PARTNER cio@demo.example Morgan Robert CIO:CIO-75",
            "ADMIN admin@demo.example Dominique Leroy");

    /** Reads everything and starts the embedded database when none is configured. */
    static Setup read(String[] args, Map<String, String> environment, Clock clock) throws IOException {
        var arguments = Arguments.read(args);
        var draft = new Draft(arguments, environment, clock);
        return draft.complete();
    }

    /**
     * The command line: {@code [simulate] [--port N] [--data DIR] [--empty] [--youths N] [--agents A] [--seed S]
     * [--speed X] [--cps N] [--target P] [--faults P] [--drop P] [--duplicate P] [--reorder P] [--forge P] [--bursts P]}.
     */
    record Arguments(Task task, Map<String, String> values, boolean empty) {

        /** What the node is started for. */
        enum Task {
            RUN,
            SIMULATE
        }

        /** Ways in which the simulated network fails, each a share in percent. */
        private static final List<String> FAULTS = List.of("drop", "duplicate", "reorder", "forge", "bursts");

        private static final Set<String> KNOWN = Stream.concat(
                        FAULTS.stream(),
                        Stream.of("port", "data", "youths", "agents", "seed", "speed", "cps", "target", "faults"))
                .collect(Collectors.toUnmodifiableSet());

        static Arguments read(String[] args) {
            var values = new HashMap<String, String>();
            Task task = Task.RUN;
            boolean empty = false;
            for (int i = 0; i < args.length; i++) {
                String arg = args[i];
                if (arg.equals("simulate")) {
                    task = Task.SIMULATE;
                } else if (arg.equals("--empty")) {
                    empty = true;
                } else if (arg.startsWith("--") && KNOWN.contains(arg.substring(2)) && i + 1 < args.length) {
                    values.put(arg.substring(2), args[++i]);
                } else {
                    throw new Refused("Unknown argument: " + arg);
                }
            }
            return new Arguments(task, Map.copyOf(values), empty);
        }

        int number(String name, int otherwise) {
            String value = values.get(name);
            try {
                return value == null ? otherwise : Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new Refused("--" + name + " takes a whole number, not " + value);
            }
        }

        int percent(String name, int otherwise) {
            int percent = number(name, otherwise);
            if (percent < 0 || percent > 100) {
                throw new Refused("--" + name + " takes a share between 0 and 100 percent, not " + percent);
            }
            return percent;
        }
    }

    private static final class Draft {

        private final Arguments arguments;
        private final Map<String, String> environment;
        private final Clock clock;
        private final Path data;
        private final int port;
        private final Map<String, String> properties = new HashMap<>();
        private final List<String> announcements = new ArrayList<>();
        private final SecureRandom random = new SecureRandom();

        Draft(Arguments arguments, Map<String, String> environment, Clock clock) {
            this.arguments = arguments;
            this.environment = environment;
            this.clock = clock;
            this.data = Path.of(arguments.values().getOrDefault("data", "var"));
            this.port = arguments.number("port", 8080);
        }

        Setup complete() throws IOException {
            set("quarkus.http.port", Integer.toString(port));
            set("raccroche.public-url", environment.getOrDefault("RACCROCHE_PUBLIC_URL", "http://localhost:" + port));
            Optional<EmbeddedDatabase> embedded = database();
            boolean simulated = telephony();
            if (embedded.isPresent() && simulated) {
                demo();
            } else if (simulated) {
                announcements.add("No Twilio account is configured: calls are simulated, nobody's phone rings.");
            }
            return new Setup(embedded, Map.copyOf(properties), List.copyOf(announcements));
        }

        private Optional<EmbeddedDatabase> database() throws IOException {
            String url = environment.get("RACCROCHE_DATABASE_URL");
            if (url != null && !url.isBlank()) {
                set("raccroche.database.address", address(url));
                return Optional.empty();
            }
            var embedded = EmbeddedDatabase.start(data);
            set("raccroche.database.address", embedded.address());
            return Optional.of(embedded);
        }

        private boolean telephony() throws IOException {
            if (environment.containsKey("TWILIO_ACCOUNT_SID")) {
                real("account-sid", "TWILIO_ACCOUNT_SID");
                real("auth-token", "TWILIO_AUTH_TOKEN");
                real("api-key-sid", "TWILIO_API_KEY_SID");
                real("api-key-secret", "TWILIO_API_KEY_SECRET");
                real("application-sid", "TWILIO_APPLICATION_SID");
                real("numbers", "TWILIO_NUMBERS");
                if (environment.containsKey("TWILIO_BASE_URL")) {
                    real("base-url", "TWILIO_BASE_URL");
                }
                return false;
            }
            simulator(secrets());
            return true;
        }

        private void real(String property, String variable) {
            String value = environment.get(variable);
            if (value == null || value.isBlank()) {
                throw new Refused("TWILIO_ACCOUNT_SID is set, so " + variable + " is needed too.");
            }
            set("raccroche.twilio." + property, value);
        }

        private void simulator(Properties secrets) {
            int simulatorPort = port + SIMULATOR_PORT_OFFSET;
            String base = "http://127.0.0.1:" + simulatorPort;
            String url = properties.get("raccroche.public-url");
            for (String name :
                    List.of("account-sid", "auth-token", "api-key-sid", "api-key-secret", "application-sid")) {
                set("raccroche.twilio." + name, secrets.getProperty(name));
            }
            for (String name : List.of("account-sid", "auth-token", "api-key-sid", "api-key-secret")) {
                set("raccroche.simulator." + name, secrets.getProperty(name));
            }
            set("raccroche.twilio.base-url", base);
            set("raccroche.twilio.numbers", "+33199000100,+33639989900");
            set("raccroche.simulator.enabled", "true");
            set("raccroche.simulator.port", Integer.toString(simulatorPort));
            set("raccroche.simulator.numbers", "+33199000100,+33639989900");
            set("raccroche.simulator.voice-url", url + "/webhooks/twilio/agent");
            set("raccroche.simulator.inbound-sms-url", url + "/webhooks/twilio/sms");
            set("raccroche.simulator.inbound-voice-url", url + "/webhooks/twilio/inbound");
            set("raccroche.simulator.inbound-status-url", url + "/webhooks/twilio/inbound/status");
            set("raccroche.simulator.base-url", url);
            set("raccroche.softphone-url", base + "/softphone");
        }

        private void demo() throws IOException {
            var business = BusinessClock.open(data.resolve("clock"), clock);
            boolean first = !Files.exists(data.resolve("demo.started"));
            if (arguments.task() == Arguments.Task.SIMULATE) {
                business.reset(opening(clock.instant()), arguments.number("speed", 600));
                task("campaign", arguments.number("youths", 200), arguments.number("agents", 10));
                set("raccroche.dialing.tick", "1s");
                set("raccroche.dialing.margin", "8m");
                set("raccroche.simulator.rings-back", "false");
                set("raccroche.simulator.target", Integer.toString(arguments.percent("target", 0)));
                badLine();
            } else {
                openDay(business, first);
                task(arguments.empty() ? "none" : "demo", DEMO_YOUTHS, 0);
            }
            Files.writeString(data.resolve("demo.started"), "");
            set("raccroche.clock-file", data.resolve("clock").toString());
            if (!arguments.empty()) {
                set("raccroche.demo", "true");
                set("quarkus.http.host", "127.0.0.1");
                accounts(secrets());
            }
        }

        /** Repairs come as early as business time is fast: with the delays of real time, a day would pass meanwhile. */
        private void badLine() {
            int all = arguments.percent("faults", 0);
            for (String fault : Arguments.FAULTS) {
                set("raccroche.simulator.faults." + fault, Integer.toString(arguments.percent(fault, all)));
            }
            set("raccroche.simulator.calls-per-second", Integer.toString(arguments.number("cps", 0)));
            set("raccroche.twilio.cps", Integer.toString(arguments.number("cps", 0)));
            set("raccroche.dialing.sweep", "1s");
            set("raccroche.dialing.silence", "2s");
            set("raccroche.dialing.lease", "3s");
            set("raccroche.dialing.grace", "3s");
            set("raccroche.dialing.probe", "1s");
        }

        private void task(String task, int youths, int agents) {
            set("raccroche.simulator.task", task);
            set("raccroche.simulator.seed", arguments.values().getOrDefault("seed", "1"));
            set("raccroche.simulator.youths", Integer.toString(youths));
            set("raccroche.simulator.agents", Integer.toString(agents));
        }

        /** A demo started on a Sunday night finds itself on Monday at ten. */
        private void openDay(BusinessClock business, boolean first) {
            if (first) {
                business.reset(opening(clock.instant()), 1);
            }
            ZonedDateTime now = business.instant().atZone(PARIS);
            boolean open = FrenchCalendar.isWorkingDay(now.toLocalDate())
                    && !now.toLocalTime().isBefore(OPENS)
                    && now.toLocalTime().isBefore(LATEST);
            if (!open) {
                business.start(opening(now.toInstant()), 1);
            }
        }

        private static Instant opening(Instant from) {
            ZonedDateTime now = from.atZone(PARIS);
            LocalDate day = now.toLocalTime().isBefore(LATEST)
                    ? now.toLocalDate()
                    : now.toLocalDate().plusDays(1);
            while (!FrenchCalendar.isWorkingDay(day)) {
                day = day.plusDays(1);
            }
            return day.atTime(OPENS).atZone(PARIS).toInstant();
        }

        private void accounts(Properties secrets) {
            List<String> entries = new ArrayList<>(
                    DEMO_PEOPLE.stream().map(person -> account(person, secrets)).toList());
            List<String> agents = IntStream.rangeClosed(
                            1, arguments.task() == Arguments.Task.SIMULATE ? arguments.number("agents", 10) : 0)
                    .mapToObj(i -> account("AGENT agent%d@demo.example Agent %d".formatted(i, i), secrets))
                    .toList();
            entries.addAll(agents);
            set("raccroche.security.demo-accounts", String.join(",", entries));
            set("raccroche.simulator.supervisor-email", "superviseur@demo.example");
            set("raccroche.simulator.supervisor-password", secrets.getProperty("password"));
            set(
                    "raccroche.simulator.agent-accounts",
                    agents.stream()
                            .map(agent -> agent.split(" ")[1] + " " + agent.split(" ")[2])
                            .collect(Collectors.joining(",")));
            if (arguments.task() == Arguments.Task.RUN) {
                entries.forEach(entry -> announcements.add("demo account: " + entry.split(" ")[0] + " "
                        + entry.split(" ")[1] + " " + entry.split(" ")[2]));
            }
        }

        private static String account(String person, Properties secrets) {
            String[] parts = person.split(" ", 3);
            return parts[0] + " " + parts[1] + " " + secrets.getProperty("password") + " " + parts[2];
        }

        /** Made once and kept beside the data, readable by their owner only. */
        private Properties secrets() throws IOException {
            Path file = data.resolve("demo.properties");
            var secrets = new Properties();
            if (Files.exists(file)) {
                try (var in = Files.newInputStream(file)) {
                    secrets.load(in);
                }
                return secrets;
            }
            Files.createDirectories(data);
            secrets.setProperty("password", "demo-" + token(9));
            secrets.setProperty("account-sid", "AC" + hex());
            secrets.setProperty("auth-token", hex());
            secrets.setProperty("api-key-sid", "SK" + hex());
            secrets.setProperty("api-key-secret", hex());
            secrets.setProperty("application-sid", "AP" + hex());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var out = Files.newOutputStream(file)) {
                secrets.store(out, "Demo only");
            }
            return secrets;
        }

        private String hex() {
            var bytes = new byte[16];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }

        private String token(int length) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        private void set(String name, @Nullable String value) {
            if (value != null) {
                properties.put(name, value);
            }
        }

        /** {@code host:port/database}, from any of the usual spellings. */
        private static String address(String url) {
            String address = url.replaceFirst("^(jdbc:)?(postgres(ql)?|vertx-reactive:postgresql)://", "");
            if (!address.matches("[^/@\\s]+(:\\d+)?/[^/\\s]+")) {
                throw new Refused("RACCROCHE_DATABASE_URL must look like postgresql://host:5432/database"
                        + " (user and password go in RACCROCHE_DATABASE_USER and RACCROCHE_DATABASE_PASSWORD).");
            }
            return address.contains(":") ? address : address.replaceFirst("/", ":5432/");
        }
    }
}
