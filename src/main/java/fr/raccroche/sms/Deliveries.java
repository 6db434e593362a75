package fr.raccroche.sms;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of a campaign's texts. */
record Deliveries(long underWay, long delivered, long canceled, Map<TextFailure, Long> failures) {

    private static final int ALARMING_PERCENT = 5;
    /** Fewer say nothing. */
    private static final int ENOUGH = 20;

    static Deliveries of(List<DeliveryCount> counts) {
        long underWay = 0;
        long delivered = 0;
        long canceled = 0;
        Map<TextFailure, Long> failures = new EnumMap<>(TextFailure.class);
        for (DeliveryCount counted : counts) {
            switch (counted.state()) {
                case DELIVERED -> delivered += counted.count();
                case CANCELED -> canceled += counted.count();
                case UNDELIVERED, FAILED -> failures.merge(TextFailure.of(counted.code()), counted.count(), Long::sum);
                case TO_SEND, SENDING, ACCEPTED, SENT, UNKNOWN -> underWay += counted.count();
                case RECEIVED -> {
                    // theirs, not ours
                }
            }
        }
        return new Deliveries(underWay, delivered, canceled, failures);
    }

    Deliveries {
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
