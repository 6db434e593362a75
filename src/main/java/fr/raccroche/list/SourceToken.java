package fr.raccroche.list;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key with which a source's own system sends changes. */
record SourceToken(
        long id,
        long sourceId,
        String label,
        Instant createdAt,
        @Nullable String createdBy,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
