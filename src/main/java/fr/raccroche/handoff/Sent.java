package fr.raccroche.handoff;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Handoff.State;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One handoff for programs; days are those of Europe/Paris. */
@JsonInclude
record Sent(
        long youthId,
        @Nullable String ine,
        @Nullable String structure,
        StructureKind structureKind,
        LocalDate agreedOn,
        LocalDate dueOn,
        State state) {}
