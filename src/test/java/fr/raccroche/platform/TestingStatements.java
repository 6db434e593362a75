package fr.raccroche.platform;

/** The statements that the node remembers. */
public final class TestingStatements {

    private TestingStatements() {}

    public static int count() {
        return Sql.remembered();
    }
}
