package fr.raccroche.inbound;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a caller: bring them to the agent who last tried them, to any agent who is free, let them wait a
 * little, or offer a callback and a message. Whoever objected is answered like everybody else: the objection binds us,
 * not them.
 */
final class InboundRouting {

    /**
     * A youth who is reached under the caller's number, in an open campaign.
     *
     * @param shows whether that campaign shows the number that was rung
     * @param triedAt the last attempt at them in that campaign; null when there was none
     * @param triedBy the agent of that attempt
     * @param inHand whether an agent has them at this moment, or their number is on the line
     */
    record File(
            long campaignId,
            long youthId,
            boolean shows,
            @Nullable Instant triedAt,
            @Nullable Long triedBy,
            boolean inHand) {

        private static final Comparator<File> MOST_LIKELY = Comparator.comparing(File::shows)
                .thenComparing(File::triedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparingLong(File::campaignId)
                .thenComparing(Comparator.comparingLong(File::youthId).reversed())
                .reversed();
    }

    /**
     * What the decision looks at.
     *
     * @param files one for each youth, see {@link #onePerYouth}
     * @param campaign the campaign of the call; null when none that is open shows the number
     * @param ready agents of that campaign who wait with a line, longest waiting first
     * @param waited for how long the caller has been on the line
     */
    record Facts(List<File> files, @Nullable Campaign campaign, List<Long> ready, Duration waited) {

        Facts {
            files = List.copyOf(files);
            ready = List.copyOf(ready);
        }

        /** Whether an agent of the campaign can take the call now. */
        boolean isReady(Instant now) {
            return campaign != null && campaign.isOpenAt(now, CallingHours.TO_THE_END) && !ready.isEmpty();
        }
    }

    /** Why nobody answers. */
    enum Reason {
        /** No campaign is open that shows this number. */
        NO_CAMPAIGN,
        /** Outside the campaign's hours. */
        CLOSED,
        /** Every agent talks. */
        BUSY
    }

    /** The decision. */
    sealed interface Decision {

        /**
         * Put through.
         *
         * @param agents whoever is still free first, in this order
         * @param file whom the call is about; null when the agent has to ask
         */
        record Connect(List<Long> agents, @Nullable File file) implements Decision {}

        /**
         * An agent may be free in a moment.
         *
         * @param forAnyAgent false when another agent has their file: whoever is free cannot take them
         */
        record Wait(boolean forAnyAgent) implements Decision {}

        /**
         * Nobody comes to the phone.
         *
         * @param likeliest for whom a callback would be; null when the caller is nobody we know
         */
        record Offer(Reason reason, @Nullable File likeliest) implements Decision {}
    }

    private InboundRouting() {}

    /** For each youth the campaign that shows the number, then the one that tried them last. Most likely first. */
    static List<File> onePerYouth(List<File> files) {
        var best = new LinkedHashMap<Long, File>();
        files.stream().sorted(File.MOST_LIKELY).forEach(file -> best.putIfAbsent(file.youthId(), file));
        return List.copyOf(best.values());
    }

    /** The campaign whose agents answer: that of the likeliest file, else the first that shows the number. */
    static @Nullable Long campaign(List<File> files, List<Long> showing) {
        return Stream.concat(onePerYouth(files).stream().map(File::campaignId), showing.stream())
                .findFirst()
                .orElse(null);
    }

    /**
     * Decides for {@code now}.
     *
     * @param patience how long a caller waits before something else is offered
     */
    static Decision decide(Facts facts, Duration patience, Instant now) {
        List<File> files = facts.files();
        File likeliest = files.isEmpty() ? null : files.getFirst();
        Campaign campaign = facts.campaign();
        if (campaign == null) {
            return new Decision.Offer(Reason.NO_CAMPAIGN, likeliest);
        }
        if (!campaign.isOpenAt(now, CallingHours.TO_THE_END)) {
            return new Decision.Offer(Reason.CLOSED, likeliest);
        }
        boolean inHand = !files.isEmpty() && files.stream().allMatch(File::inHand);
        if (!facts.ready().isEmpty() && !inHand) {
            File only = files.size() == 1 ? likeliest : null;
            return new Decision.Connect(inOrder(facts.ready(), likeliest), only);
        }
        return facts.waited().compareTo(patience) < 0
                ? new Decision.Wait(!inHand)
                : new Decision.Offer(Reason.BUSY, likeliest);
    }

    /** Who last tried first, the others as they wait. */
    private static List<Long> inOrder(List<Long> ready, @Nullable File file) {
        Long known = file == null ? null : file.triedBy();
        return ready.stream()
                .sorted(Comparator.comparing((Long agent) -> !agent.equals(known)))
                .toList();
    }
}
