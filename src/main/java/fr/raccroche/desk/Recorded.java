package fr.raccroche.desk;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.youth.AgreedBy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The event that an outcome was recorded; what other packages need to act on it. */
public record Recorded(
        long outcomeId,
        long campaignId,
        long youthId,
        Outcome kind,
        @Nullable StructureKind structureKind,
        @Nullable AgreedBy agreedBy,
        Instant at,
        @Nullable String note) {}
