package fr.raccroche.personal;

import fr.raccroche.youth.Solution;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a youth said, for showing. */
public record SelfReport(
        ReportKind kind,
        @Nullable Solution solution,
        @Nullable Instant callAt,
        Instant at) {}
