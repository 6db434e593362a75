package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which structures would call a youth who agrees: what can be said before the agreement. */
public final class Destinations {

    private static final List<StructureKind> KINDS = List.of(StructureKind.MISSION_LOCALE, StructureKind.CIO);

    private Destinations() {}

    /** The name of the structure of each kind; none of a kind where a supervisor would have to choose. */
    public static Uni<Map<StructureKind, String>> of(Sql sql, long youthId) {
        var names = new EnumMap<StructureKind, String>(StructureKind.class);
        return Routes.residences(sql, youthId)
                .chain(homes -> InTurn.each(
                        KINDS,
                        kind -> name(sql, kind, homes)
                                .invoke(name -> {
                                    if (name != null) {
                                        names.put(kind, name);
                                    }
                                })
                                .replaceWithVoid()))
                .map(ignored -> Map.copyOf(names));
    }

    private static Uni<@Nullable String> name(Sql sql, StructureKind kind, Routing.Residences homes) {
        return Routes.routing(sql, kind, homes.known())
                .map(routing -> routing.decide(homes).structureId())
                .chain(structure -> structure == null
                        ? Uni.createFrom().nullItem()
                        : sql.query("select name from structure where id = :id")
                                .set("id", structure)
                                .first(row -> row.text("name")));
    }
}
