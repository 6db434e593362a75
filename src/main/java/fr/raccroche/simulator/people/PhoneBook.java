package fr.raccroche.simulator.people;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose phones there are: the lines by number, and the youths each leads to. */
final class PhoneBook {

    private final Map<String, List<Persona>> byNumber = new HashMap<>();
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Persona> byIne = new HashMap<>();

    PhoneBook(List<Persona> personas) {
        for (Persona persona : personas) {
            byIne.put(persona.identity().ine(), persona);
            for (Line line : persona.lines()) {
                lines.putIfAbsent(line.number(), line);
                byNumber.computeIfAbsent(line.number(), number -> new ArrayList<>())
                        .add(persona);
            }
        }
    }

    /** Null for a number that leads to nobody. */
    @Nullable
    Line line(String number) {
        return lines.get(number);
    }

    /** The youths who share the number. */
    List<Persona> owners(String number) {
        return byNumber.getOrDefault(number, List.of());
    }

    /** One of those who share the number, anybody at a number nobody knows. */
    Optional<Persona> someoneAt(String number) {
        return owners(number).stream()
                .findFirst()
                .or(() -> byIne.values().stream().findFirst());
    }

    /** The youth a call is about: the one asked for if the number is theirs, else the first who owns it. */
    Optional<Persona> personaAt(String number, String ine) {
        List<Persona> owners = owners(number);
        return owners.stream()
                .filter(owner -> owner.identity().ine().equals(ine))
                .findFirst()
                .or(() -> owners.stream().findFirst());
    }
}
