package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.Layout;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lists that a file may be for; a file of rejects is for the one it came from. */
@ApplicationScoped
class Targets {

    private static final int VERSIONS_LOOKED_AT = 100;
    private static final Pattern NAME_OF_REJECTS = Pattern.compile("rejets-(\\d{1,18})\\b.*");

    /** Answers the list of a load, or null. */
    private static final String LIST_OF_LOAD = "select list_id from list_load where id = :origin";

    private final LoadMessages messages;

    Targets(LoadMessages messages) {
        this.messages = messages;
    }

    Uni<List<Choice>> of(Sql sql, LoadView load, Mapping mapping) {
        return Lists.all(sql).chain(lists -> origin(sql, load, mapping).map(origin -> choices(mapping, lists, origin)));
    }

    private List<Choice> choices(Mapping mapping, List<ListOverview> lists, @Nullable Long origin) {
        var choices = new ArrayList<Choice>();
        if (!mapping.isRejectFile() || origin == null) {
            choices.add(new Choice("", messages.newList(), origin == null));
        }
        lists.forEach(list ->
                choices.add(new Choice(Long.toString(list.id()), list.name(), Objects.equals(origin, list.id()))));
        return choices;
    }

    /** The list a file of rejects came from, by its name, else by its columns; null when nothing tells. */
    private static Uni<@Nullable Long> origin(Sql sql, LoadView load, Mapping mapping) {
        if (!mapping.isRejectFile() || load.listId() != null) {
            return Uni.createFrom().item(load.listId());
        }
        var name = NAME_OF_REJECTS.matcher(load.fileName());
        Uni<@Nullable LoadView> named =
                name.matches() ? Loads.byId(sql, Long.parseLong(name.group(1))) : Nothing.found();
        return named.chain(origin -> origin != null && origin.listId() != null
                ? Uni.createFrom().item(origin.listId())
                : Lists.columns(sql, VERSIONS_LOOKED_AT).map(versions -> alike(mapping, versions)));
    }

    /** The same when a file comes in, before anybody is asked; null when it is no file of rejects, or nothing tells. */
    static @Nullable Long origin(LoadSql sql, String fileName, Mapping mapping) throws SQLException {
        if (!mapping.isRejectFile()) {
            return null;
        }
        var name = NAME_OF_REJECTS.matcher(fileName);
        Long named = name.matches()
                ? sql.statement(LIST_OF_LOAD)
                        .set("origin", Long.parseLong(name.group(1)))
                        .first(row -> row.getObject(1, Long.class))
                : null;
        if (named != null) {
            return named;
        }
        var versions = new ArrayList<VersionColumns>();
        sql.statement("""
                        select list_id, headers from list_version
                         where number is not null and undone_at is null order by id desc limit :limit""")
                .set("limit", VERSIONS_LOOKED_AT)
                .each(row -> versions.add(new VersionColumns(row.getLong(1), row.getString(2))));
        return alike(mapping, versions);
    }

    private static @Nullable Long alike(Mapping mapping, List<VersionColumns> versions) {
        return versions.stream()
                .filter(version -> mapping.signature().equals(signature(mapping.layout(), version.headers())))
                .map(VersionColumns::listId)
                .findFirst()
                .orElse(null);
    }

    private static String signature(Layout layout, String headers) {
        List<String> names =
                new JsonArray(headers).stream().map(String.class::cast).toList();
        return new Mapping(layout, names, Arrays.asList(new @Nullable Column[names.size()])).signature();
    }
}
