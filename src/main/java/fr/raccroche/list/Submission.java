package fr.raccroche.list;

import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody sends.
 *
 * @param fileName as the sender named it
 * @param listId the list it is a version of; null for a new list
 * @param listName name of a new list; ignored for a known one
 * @param sourceId who drew the list; null when nobody says
 * @param referenceDate the day on which ages count
 * @param complete whether people whom the file lacks leave the list
 * @param requestKey the sender's own key for this request; the same key again is the same load
 * @param direct whether it goes through unless it is alarming
 */
public record Submission(
        Path file,
        String fileName,
        @Nullable Long listId,
        String listName,
        @Nullable Long sourceId,
        LocalDate referenceDate,
        boolean complete,
        @Nullable String requestKey,
        boolean direct,
        @Nullable Long account) {}
