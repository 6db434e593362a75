package fr.raccroche.sms;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of a campaign's texts. */
record Fates(long underWay, long delivered, long canceled, Map<TextFailure, Long> failures) {

    private static final int ALARMING_PERCENT = 5;
    /** Fewer say nothing. */
    private static final int ENOUGH = 20;

    static Fates of(List<Messages.Fared> counts) {
        long underWay = 0;
        long delivered = 0;
        long canceled = 0;
        Map<TextFailure, Long> failures = new EnumMap<>(TextFailure.class);
        for (Messages.Fared fared : counts) {
            switch (fared.state()) {
                case "DELIVERED" -> delivered += fared.count();
                case "CANCELED" -> canceled += fared.count();
                case "UNDELIVERED", "FAILED" -> failures.merge(TextFailure.of(fared.code()), fared.count(), Long::sum);
                default -> underWay += fared.count();
            }
        }
        return new Fates(underWay, delivered, canceled, failures);
    }

    Fates {
        failures = Map.copyOf(failures);
    }

    public boolean isEmpty() {
        return underWay + delivered + canceled == 0 && failures.isEmpty();
    }

    public List<TextFailure> failed() {
        return Arrays.stream(TextFailure.values()).filter(failures::containsKey).toList();
    }

    public long count(TextFailure failure) {
        return failures.getOrDefault(failure, 0L);
    }

    /** How many percent got lost without a word; 0 while that is no cause for alarm. */
    public int filteredPercent() {
        long ended = delivered
                + failures.values().stream().mapToLong(Long::longValue).sum();
        int percent = ended < ENOUGH ? 0 : (int) (100 * count(TextFailure.UNEXPLAINED) / ended);
        return percent > ALARMING_PERCENT ? percent : 0;
    }
}
