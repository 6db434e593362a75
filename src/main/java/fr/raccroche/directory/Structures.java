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
