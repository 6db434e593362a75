package fr.raccroche.dialing;

import fr.raccroche.platform.Sql;
import java.time.Instant;
import java.util.Comparator;

/** A place in the queue: higher priority first, then earlier, then the smaller id. */
record QueuePlace(int priority, Instant at, long youthId) implements Comparable<QueuePlace> {

    private static final Comparator<QueuePlace> ORDER = Comparator.comparingInt(QueuePlace::priority)
            .reversed()
            .thenComparing(QueuePlace::at)
            .thenComparingLong(QueuePlace::youthId);

    /** As a row of the queue says it. */
    static QueuePlace of(Sql.Row row) {
        return new QueuePlace(row.integer("priority"), row.instant("next_attempt_at"), row.id("youth_id"));
    }

    @Override
    public int compareTo(QueuePlace other) {
        return ORDER.compare(this, other);
    }
}
