package fr.raccroche.supervision;

import fr.raccroche.platform.French;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything in this installation that waits for a supervisor, counted, each with the list behind it.
 *
 * @param messages voicemails that nobody listened to
 * @param texts that nobody read, and no campaign answers
 * @param restingNumbers telephones that are left alone until somebody decides, and behind which somebody waits
 * @param repliesToCall texts that are answered by a call that is still to come
 * @param overdueCallbacks calls that were promised and whose time is over
 * @param lateHandoffs whom no structure called within its 15 days
 * @param returnedHandoffs whom their structure could not reach
 * @param left youths of closed campaigns who need somebody
 * @param endedCampaigns campaigns whose last day is over and that nobody closed: whoever is left waits
 * @param doubtful rows of lists that somebody has to decide, and one list with such rows
 * @param refusedLoads files that were refused as a whole in the last 30 days, with no other since
 * @param waitingLoads files that wait for a decision
 */
record ToDo(
        long messages,
        long texts,
        long restingNumbers,
        long repliesToCall,
        long overdueCallbacks,
        long lateHandoffs,
        long unroutedHandoffs,
        long returnedHandoffs,
        long left,
        long endedCampaigns,
        Doubts doubtful,
        long refusedLoads,
        long waitingLoads) {

    /** @param list one of the lists; null when there are no rows */
    record Doubts(long rows, @Nullable Long list, long lists) {}

    /** A line of the page. */
    record Task(String id, String what, String href, String action) {}

    /** What cannot wait first: people, then files. */
    public List<Task> tasks() {
        return Stream.of(
                        task(
                                "to-callbacks",
                                overdueCallbacks,
                                "rappel promis dont l'heure est passée",
                                "rappels promis dont l'heure est passée",
                                "/supervision/callbacks",
                                "Voir les rappels"),
                        task("to-texts", texts, "SMS à lire", "SMS à lire", "/messages", "Lire les SMS"),
                        task(
                                "to-messages",
                                messages,
                                "message vocal à écouter",
                                "messages vocaux à écouter",
                                "/messages",
                                "Écouter les messages"),
                        task(
                                "to-numbers",
                                restingNumbers,
                                "numéro au repos attend une décision",
                                "numéros au repos attendent une décision",
                                "/telephones",
                                "Décider des numéros"),
                        task(
                                "to-replies",
                                repliesToCall,
                                "réponse par SMS à rappeler",
                                "réponses par SMS à rappeler",
                                "/supervision/callbacks",
                                "Voir les rappels"),
                        task(
                                "to-overdue",
                                lateHandoffs,
                                "mise en relation sans rappel après 15 jours",
                                "mises en relation sans rappel après 15 jours",
                                "/handoffs?tab=LATE",
                                "Voir les dossiers en retard"),
                        task(
                                "to-unrouted",
                                unroutedHandoffs,
                                "mise en relation sans structure",
                                "mises en relation sans structure",
                                "/handoffs?tab=QUEUE",
                                "Choisir une structure"),
                        task(
                                "to-returned",
                                returnedHandoffs,
                                "jeune que sa structure n'a pas joint",
                                "jeunes que leur structure n'a pas joints",
                                "/handoffs?tab=RETURNED",
                                "Décider de la suite"),
                        task(
                                "to-left",
                                left,
                                "jeune d'une campagne terminée attend quelqu'un",
                                "jeunes de campagnes terminées attendent quelqu'un",
                                "/unreachable",
                                "Voir les listes"),
                        task(
                                "to-ended",
                                endedCampaigns,
                                "campagne arrivée à sa dernière date, à terminer",
                                "campagnes arrivées à leur dernière date, à terminer",
                                "/campaigns",
                                "Voir les campagnes"),
                        task(
                                "to-doubtful",
                                doubtful.rows(),
                                "ligne douteuse",
                                "lignes douteuses",
                                doubtful.lists() == 1 ? "/lists/%d/review".formatted(doubtful.list()) : "/lists",
                                "Décider"),
                        task(
                                "to-refused",
                                refusedLoads,
                                "fichier refusé",
                                "fichiers refusés",
                                "/lists/loads",
                                "Voir les chargements"),
                        task(
                                "to-loads",
                                waitingLoads,
                                "fichier attend une réponse",
                                "fichiers attendent une réponse",
                                "/lists/loads",
                                "Voir les chargements"))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static @Nullable Task task(String id, long count, String one, String many, String href, String action) {
        return count == 0 ? null : new Task(id, French.count(count, one, many), href, action);
    }
}
