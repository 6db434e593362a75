package fr.raccroche.platform;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Makes the pool. Each connection remembers the plan of every statement of ours, long ones too: those are worth it most,
 * and there are only as many as the program text has.
 */
@Singleton
class Connections implements PgPoolCreator {

    private static final int MOST_STATEMENTS = 1_000;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList()
                .forEach(options -> options.setPreparedStatementCacheMaxSize(MOST_STATEMENTS)
                        .setPreparedStatementCacheSqlFilter(text -> true));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
