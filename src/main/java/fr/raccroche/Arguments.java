package fr.raccroche;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line: {@code [simulate] [--port N] [--data DIR] [--empty] [--youths N] [--agents A] [--seed S]
 * [--speed X] [--cps N] [--target P] [--campaigns N] [--faults P] [--drop P] [--duplicate P] [--reorder P] [--forge P] [--bursts P]}.
 */
record Arguments(Task task, Map<String, String> values, boolean empty) {

    /** Ways in which the simulated network fails, each a share in percent. */
    static final List<String> FAULTS = List.of("drop", "duplicate", "reorder", "forge", "bursts");

    private static final Set<String> KNOWN = Stream.concat(
                    FAULTS.stream(),
                    Stream.of(
                            "port",
                            "data",
                            "youths",
                            "agents",
                            "seed",
                            "speed",
                            "cps",
                            "target",
                            "campaigns",
                            "faults"))
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
