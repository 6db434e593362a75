package fr.raccroche.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinyStatelessSessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/**
 * SQL inside one unit of work: named parameters in, records out.
 *
 * <p>Instants travel as {@code timestamptz}, texts as {@code text}; JSON goes in as text and is cast by the statement.
 * One {@code Sql} belongs to one transaction and is used by one chain at a time.
 *
 * <p>Statements go straight to the connection of the Hibernate session, whose transaction they share. Hibernate's own
 * native queries plan each statement anew, because the mapping of their results never equals the one it remembers.
 */
public final class Sql {

    /** More statements than the program has; beyond it somebody puts values into the text. */
    private static final int MOST_STATEMENTS = 5_000;

    private static final ConcurrentMap<String, NamedText> STATEMENTS = new ConcurrentHashMap<>();

    private final ReactiveConnection connection;

    Sql(Mutiny.StatelessSession session) {
        this.connection = connectionOf(session);
    }

    /** The one place that knows how Hibernate Reactive is made inside; a test says so when another version is not made so. */
    static ReactiveConnection connectionOf(Mutiny.StatelessSession session) {
        return ((MutinyStatelessSessionImpl) session).getReactiveConnection();
    }

    /** A statement that answers rows: {@code select}, or {@code insert/update/delete … returning}. */
    public Query query(String text) {
        return new Query(connection, statement(text));
    }

    /** A statement that answers a count. */
    public Update update(String text) {
        return new Update(connection, statement(text));
    }

    /** How many statements this node has seen: never more than the program has, whatever its data. */
    static int remembered() {
        return STATEMENTS.size();
    }

    /** A statement that is run elsewhere, too, and brings its values. */
    public Uni<Integer> run(Statement statement) {
        Update update = update(statement.text());
        statement.given().forEach((name, value) -> update.given.put(name, parameter(value)));
        return update.count();
    }

    private static NamedText statement(String text) {
        if (STATEMENTS.size() > MOST_STATEMENTS) {
            throw new IllegalStateException("Too many statements: values belong into parameters. " + text);
        }
        return STATEMENTS.computeIfAbsent(text, NamedText::of);
    }

    private static @Nullable Object parameter(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Enum<?> constant -> constant.name();
            case byte[] bytes -> Buffer.buffer(bytes);
            case null, default -> value;
        };
    }

    /** A statement that answers rows. */
    public static final class Query {

        private final ReactiveConnection connection;
        private final NamedText statement;
        private final Map<String, @Nullable Object> given = new HashMap<>();

        private Query(ReactiveConnection connection, NamedText statement) {
            this.connection = connection;
            this.statement = statement;
        }

        public Query set(String name, @Nullable Object value) {
            given.put(name, parameter(value));
            return this;
        }

        public <T> Uni<List<T>> list(Function<Row, T> mapping) {
            return Uni.createFrom()
                    .completionStage(() -> connection.selectJdbc(statement.text(), statement.values(given)))
                    .map(Query::rows)
                    .map(rows -> rows.stream().map(mapping).toList());
        }

        private static List<Row> rows(ResultSet results) {
            try {
                var columns = new String[results.getMetaData().getColumnCount()];
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = results.getMetaData().getColumnLabel(i + 1);
                }
                var rows = new ArrayList<Row>();
                while (results.next()) {
                    var values = new Object[columns.length];
                    for (int i = 0; i < columns.length; i++) {
                        values[i] = results.getObject(i + 1);
                    }
                    rows.add(new Row(columns, values));
                }
                return rows;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The first row, or null when there is none. */
        public <T> Uni<@Nullable T> first(Function<Row, T> mapping) {
            return list(mapping).map(rows -> rows.isEmpty() ? null : rows.getFirst());
        }

        /** The only row; fails when there is none. */
        public <T> Uni<T> one(Function<Row, T> mapping) {
            return list(mapping).map(List::getFirst);
        }
    }

    /** A statement that answers a count. */
    public static final class Update {

        private final ReactiveConnection connection;
        private final NamedText statement;
        private final Map<String, @Nullable Object> given = new HashMap<>();

        private Update(ReactiveConnection connection, NamedText statement) {
            this.connection = connection;
            this.statement = statement;
        }

        public Update set(String name, @Nullable Object value) {
            given.put(name, parameter(value));
            return this;
        }

        /** How many rows changed. */
        public Uni<Integer> count() {
            return Uni.createFrom().completionStage(() -> connection.update(statement.text(), statement.values(given)));
        }

        public Uni<Void> run() {
            return count().replaceWithVoid();
        }
    }

    /** One row by column name; {@code xxxOrNull} where the column may be null. */
    public static final class Row {

        private final String[] columns;
        private final @Nullable Object[] values;

        private Row(String[] columns, @Nullable Object[] values) {
            this.columns = columns;
            this.values = values;
        }

        public @Nullable Object get(String column) {
            for (int i = 0; i < columns.length; i++) {
                if (columns[i].equals(column)) {
                    return values[i];
                }
            }
            throw new IllegalArgumentException("No column %s in %s".formatted(column, Arrays.toString(columns)));
        }

        public long id(String column) {
            return number(column).longValue();
        }

        public @Nullable Long idOrNull(String column) {
            return get(column) instanceof Number number ? number.longValue() : null;
        }

        public int integer(String column) {
            return number(column).intValue();
        }

        public @Nullable Integer integerOrNull(String column) {
            return get(column) instanceof Number number ? number.intValue() : null;
        }

        public double decimal(String column) {
            return number(column).doubleValue();
        }

        public String text(String column) {
            return required(column).toString();
        }

        public @Nullable String textOrNull(String column) {
            Object value = get(column);
            return value == null ? null : value.toString();
        }

        public boolean flag(String column) {
            return (Boolean) required(column);
        }

        public LocalDate date(String column) {
            return (LocalDate) required(column);
        }

        public @Nullable LocalDate dateOrNull(String column) {
            return (LocalDate) get(column);
        }

        public LocalTime time(String column) {
            return (LocalTime) required(column);
        }

        public Instant instant(String column) {
            return toInstant(required(column));
        }

        public @Nullable Instant instantOrNull(String column) {
            Object value = get(column);
            return value == null ? null : toInstant(value);
        }

        public <E extends Enum<E>> E constant(Class<E> type, String column) {
            return Enum.valueOf(type, text(column));
        }

        public <E extends Enum<E>> @Nullable E constantOrNull(Class<E> type, String column) {
            String name = textOrNull(column);
            return name == null ? null : Enum.valueOf(type, name);
        }

        private Number number(String column) {
            return (Number) required(column);
        }

        private Object required(String column) {
            Object value = get(column);
            if (value == null) {
                throw new IllegalStateException("Column %s is null".formatted(column));
            }
            return value;
        }

        private static Instant toInstant(Object value) {
            return switch (value) {
                case Instant instant -> instant;
                case OffsetDateTime offset -> offset.toInstant();
                case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
                default -> throw new IllegalStateException("Not an instant: " + value.getClass());
            };
        }
    }
}
