package fr.raccroche.platform;

import io.smallrye.mutiny.Uni;

/** What all nodes know by a name, in the database. */
public final class Settings {

    private Settings() {}

    /** Keeps a value; an earlier one is forgotten. */
    public static Uni<Void> keep(Sql sql, String name, String value) {
        return sql.update("""
                        insert into setting (name, value) values (:name, :value)
                        on conflict (name) do update set value = excluded.value, changed_at = now()""").set("name", name).set("value", value).run();
    }

    /** Forgets a value; how many there were, none or one. */
    public static Uni<Integer> forget(Sql sql, String name, String value) {
        return sql.update("delete from setting where name = :name and value = :value")
                .set("name", name)
                .set("value", value)
                .count();
    }
}
