package fr.raccroche.platform;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * SQL inside one unit of work: named parameters in, records out.
 *
 * <p>Instants travel as {@code timestamptz}, texts as {@code text}; JSON goes in as text and is cast by the statement.
 * One {@code Sql} belongs to one transaction and is used by one chain at a time.
 */
public final class Sql {

    private final Mutiny.StatelessSession session;

    Sql(Mutiny.StatelessSession session) {
        this.session = session;
    }

    /** The session of this unit of work, for entities. */
    public Mutiny.StatelessSession session() {
        return session;
    }

    /** A statement that answers rows: {@code select}, or {@code insert/update/delete … returning}. */
    public Query query(String text) {
        return new Query(session.createNativeQuery(text, Tuple.class));
    }

    /** A statement that answers a count. */
    public Update update(String text) {
        return new Update(session.createNativeQuery(text));
    }

    private static @Nullable Object parameter(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Enum<?> constant -> constant.name();
            case null, default -> value;
        };
    }

    /** A statement that answers rows. */
    public static final class Query {

        private final Mutiny.SelectionQuery<Tuple> query;

        private Query(Mutiny.SelectionQuery<Tuple> query) {
            this.query = query;
        }

        public Query set(String name, @Nullable Object value) {
            query.setParameter(name, parameter(value));
            return this;
        }

        public <T> Uni<List<T>> list(Function<Row, T> mapping) {
            return query.getResultList()
                    .map(rows -> rows.stream()
                            .map(row -> mapping.apply(new Row(row)))
                            .toList());
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

        private final Mutiny.MutationQuery query;

        private Update(Mutiny.MutationQuery query) {
            this.query = query;
        }

        public Update set(String name, @Nullable Object value) {
            query.setParameter(name, parameter(value));
            return this;
        }

        /** How many rows changed. */
        public Uni<Integer> count() {
            return query.executeUpdate();
        }

        public Uni<Void> run() {
            return query.executeUpdate().replaceWithVoid();
        }
    }

    /** One row by column name; {@code xxxOrNull} where the column may be null. */
    public static final class Row {

        private final Tuple tuple;

        private Row(Tuple tuple) {
            this.tuple = tuple;
        }

        public @Nullable Object get(String column) {
            return tuple.get(column);
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
