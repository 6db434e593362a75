package fr.raccroche.desk;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.youth.LegalGuardian;
import fr.raccroche.youth.PhoneNumber;
import fr.raccroche.youth.YouthFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything about the youth in hand.
 *
 * @param receivers the structures that would call them, by name; none of a kind where a supervisor would choose
 */
public record DeskFile(
        YouthFile youth,
        Campaign campaign,
        PhoneNumber called,
        Standing standing,
        Past past,
        Map<StructureKind, String> receivers) {

    /** Whether another message may be left on the youth's voicemail. */
    public boolean takesMessage() {
        return standing.messages() < Outcomes.MOST_MESSAGES;
    }

    /** Who would call a youth who agrees to {@code kind}. */
    public String receiver(String kind) {
        return receivers.getOrDefault(StructureKind.valueOf(kind), "un superviseur choisira la structure");
    }

    /** Real seconds after which the file goes back unless the agent calls, in preview. */
    public long secondsLeft() {
        return Math.max(0, campaign.modes().reading().toSeconds() - standing.readFor());
    }

    /** How many messages were left on the youth's voicemail, and how many may be. */
    public int mostMessages() {
        return Outcomes.MOST_MESSAGES;
    }

    /** The name of the guardian whose number this is; null when it is somebody else's, or they have no name. */
    public @Nullable String guardianAt(PhoneNumber number) {
        int rank = switch (number.owner()) {
            case GUARDIAN1 -> 1;
            case GUARDIAN2 -> 2;
            case YOUTH, OTHER -> 0;
        };
        return guardian(rank);
    }

    /** The name of a guardian; null when there is none, or they have no name. */
    public @Nullable String guardian(int rank) {
        return youth.guardians().stream()
                .filter(guardian -> guardian.rank() == rank)
                .map(DeskFile::name)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** Guardians of whom we have a name and no number. */
    public List<String> withoutNumber() {
        return youth.guardians().stream()
                .map(DeskFile::name)
                .filter(name -> !name.isBlank())
                .filter(name -> youth.numbers().stream().noneMatch(number -> name.equals(guardianAt(number))))
                .toList();
    }

    private static String name(LegalGuardian guardian) {
        return Stream.of(guardian.firstName(), guardian.lastName())
                .filter(part -> part != null)
                .collect(Collectors.joining(" "));
    }
}
