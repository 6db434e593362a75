package fr.raccroche.directory;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the database knows about structures; every method is one step of the caller's transaction. */
public final class Structures {

    private Structures() {}

    /** The structure with this id, closed ones included, or null. */
    public static Uni<@Nullable Structure> byId(Sql sql, long id) {
        return sql.query("select * from structure where id = :id").set("id", id).first(Structures::structure);
    }

    /** The structure known under a code for its kind, or null. */
    public static Uni<@Nullable Structure> byCode(Sql sql, StructureKind kind, String code) {
        return sql.query("select * from structure where kind = :kind and code = :code")
                .set("kind", kind)
                .set("code", code)
                .first(Structures::structure);
    }

    /**
     * The structure of a kind that answers for a commune today (R07), or null when the commune is in no territory.
     *
     * <p>A structure that was merged hands its territory to its successor.
     *
     * @param insee a code in force or abolished by a merger
     */
    public static Uni<@Nullable Structure> forCommune(Sql sql, StructureKind kind, String insee) {
        return sql.query("""
                        with recursive heir as (
                            select s.id, s.successor_id, 0 as hops
                              from territory t join structure s on s.id = t.structure_id
                             where s.kind = :kind
                               and t.insee = coalesce((select f.insee from former_commune f
                                                        where f.former_insee = :insee), :insee)
                            union all
                            select s.id, s.successor_id, heir.hops + 1
                              from heir join structure s on s.id = heir.successor_id
                             where heir.hops < 20)
                        select s.* from heir join structure s on s.id = heir.id
                         where heir.successor_id is null order by s.id""").set("kind", kind).set("insee", insee).first(Structures::structure);
    }

    /** The open structures of a kind, by name. */
    public static Uni<List<Structure>> open(Sql sql, StructureKind kind) {
        return search(sql, kind, "");
    }

    /** The open structures of a kind whose name or city contains {@code text}, blind to case and accents; at most 100. */
    public static Uni<List<Structure>> search(Sql sql, StructureKind kind, String text) {
        return sql.query("""
                        select * from structure
                         where kind = :kind and successor_id is null
                           and position(lower(unaccent(:text)) in lower(unaccent(concat_ws(' ', name, city)))) > 0
                         order by name limit 100""").set("kind", kind).set("text", text.strip()).list(Structures::structure);
    }

    private static Structure structure(Sql.Row row) {
        return new Structure(
                row.id("id"),
                row.constant(StructureKind.class, "kind"),
                row.text("code"),
                row.text("name"),
                row.textOrNull("address"),
                row.textOrNull("postal_code"),
                row.textOrNull("city"),
                row.flag("fictional"));
    }
}
