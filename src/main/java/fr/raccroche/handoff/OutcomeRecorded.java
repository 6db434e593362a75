package fr.raccroche.handoff;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.youth.AgreedBy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The event of the desk: an agent recorded how a call ended. Only a {@code REFERRAL} concerns this package. */
record OutcomeRecorded(
        long outcomeId,
        long campaignId,
        long youthId,
        AttemptResult kind,
        @Nullable StructureKind structureKind,
        @Nullable AgreedBy agreedBy,
        Instant at,
        @Nullable String note) {}
