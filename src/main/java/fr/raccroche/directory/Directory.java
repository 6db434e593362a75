package fr.raccroche.directory;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The directory of this node: filled at the first start, communes kept in memory. */
@ApplicationScoped
public class Directory {

    private final AgroalDataSource source;

    private volatile @Nullable Communes communes;

    Directory(AgroalDataSource source) {
        this.source = source;
    }

    void start(@Observes @Priority(2000) StartupEvent event) throws SQLException {
        try (Connection connection = source.getConnection()) {
            DirectoryLoad.ifEmpty(connection);
            communes = Communes.load(connection);
        }
    }

    /** All communes, to resolve what lists write. */
    public Communes communes() {
        Communes loaded = communes;
        if (loaded == null) {
            throw new IllegalStateException("The directory is not loaded yet");
        }
        return loaded;
    }
}
