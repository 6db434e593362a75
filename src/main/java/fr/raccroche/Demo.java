package fr.raccroche;

import fr.raccroche.platform.BusinessClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a node without a database and a Twilio account of its own is for: a demo, or a simulated campaign. */
final class Demo {

    private static final int DEMO_YOUTHS = 120;

    private static final List<String> DEMO_PEOPLE = List.of(
            "AGENT agent@demo.example Alex Martin",
            "SUPERVISOR superviseur@demo.example Sacha Bernard",
            "PARTNER mission-locale@demo.example Camille Petit MISSION_LOCALE:75119",
            "PARTNER cio@demo.example Morgan Robert CIO:CIO-75",
            "ADMIN admin@demo.example Dominique Leroy");

    private final Arguments arguments;
    private final Clock clock;
    private final Path data;
    private final NodeProperties properties;
    private final List<String> announcements;

    /** {@code announcements} takes the lines for whoever started it. */
    Demo(Arguments arguments, Clock clock, Path data, NodeProperties properties, List<String> announcements) {
        this.arguments = arguments;
        this.clock = clock;
        this.data = data;
        this.properties = properties;
        this.announcements = announcements;
    }

    /** Sets the business clock and everything that the node needs to know about the task. */
    void prepare() throws IOException {
        var business = BusinessClock.open(data.resolve("clock"), clock);
        boolean first = !Files.exists(data.resolve("demo.started"));
        if (arguments.task() == Task.SIMULATE) {
            business.reset(WorkingDay.opening(clock.instant()), arguments.number("speed", 600));
            task("campaign", arguments.number("youths", 200), arguments.number("agents", 10));
            properties.set("raccroche.dialing.tick", "1s");
            properties.set("raccroche.dialing.margin", "8m");
            properties.set("raccroche.simulator.rings-back", "false");
            properties.set("raccroche.simulator.campaigns", arguments.number("campaigns", 1));
            properties.set("raccroche.simulator.target", arguments.percent("target", 0));
            badLine();
        } else {
            WorkingDay.open(business, first, clock);
            task(arguments.empty() ? "none" : "demo", DEMO_YOUTHS, 0);
        }
        Files.writeString(data.resolve("demo.started"), "");
        properties.set("raccroche.clock-file", data.resolve("clock").toString());
        if (!arguments.empty()) {
            properties.set("raccroche.demo", "true");
            properties.set("quarkus.http.host", "127.0.0.1");
            accounts(DemoSecrets.of(data));
        }
    }

    /** Repairs come as early as business time is fast: with the delays of real time, a day would pass meanwhile. */
    private void badLine() {
        int all = arguments.percent("faults", 0);
        for (String fault : Arguments.FAULTS) {
            properties.set("raccroche.simulator.faults." + fault, arguments.percent(fault, all));
        }
        properties.set("raccroche.simulator.calls-per-second", arguments.number("cps", 0));
        properties.set("raccroche.twilio.cps", arguments.number("cps", 0));
        properties.set("raccroche.dialing.sweep", "1s");
        properties.set("raccroche.dialing.silence", "2s");
        properties.set("raccroche.dialing.lease", "3s");
        properties.set("raccroche.dialing.grace", "3s");
        properties.set("raccroche.dialing.probe", "1s");
    }

    private void task(String task, int youths, int agents) {
        properties.set("raccroche.simulator.task", task);
        properties.set("raccroche.simulator.seed", arguments.values().getOrDefault("seed", "1"));
        properties.set("raccroche.simulator.youths", youths);
        properties.set("raccroche.simulator.agents", agents);
    }

    private void accounts(DemoSecrets secrets) {
        List<String> entries = new ArrayList<>(
                DEMO_PEOPLE.stream().map(person -> account(person, secrets)).toList());
        List<String> agents = IntStream.rangeClosed(
                        1, arguments.task() == Task.SIMULATE ? arguments.number("agents", 10) : 0)
                .mapToObj(i -> account("AGENT agent%d@demo.example Agent %d".formatted(i, i), secrets))
                .toList();
        entries.addAll(agents);
        properties.set("raccroche.security.demo-accounts", String.join(",", entries));
        properties.set("raccroche.simulator.supervisor-email", "superviseur@demo.example");
        properties.set("raccroche.simulator.supervisor-password", secrets.password());
        properties.set(
                "raccroche.simulator.agent-accounts",
                agents.stream()
                        .map(agent -> agent.split(" ")[1] + " " + agent.split(" ")[2])
                        .collect(Collectors.joining(",")));
        if (arguments.task() == Task.RUN) {
            entries.forEach(entry -> announcements.add(
                    "demo account: " + entry.split(" ")[0] + " " + entry.split(" ")[1] + " " + entry.split(" ")[2]));
        }
    }

    private static String account(String person, DemoSecrets secrets) {
        String[] parts = person.split(" ", 3);
        return parts[0] + " " + parts[1] + " " + secrets.password() + " " + parts[2];
    }
}
