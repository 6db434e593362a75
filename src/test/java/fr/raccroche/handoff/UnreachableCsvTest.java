package fr.raccroche.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreachableCsvTest {

    @Test
    void startsWithTheMarkThatSpreadsheetsReadAsUtf8() {
        assertThat(UnreachableCsv.of(List.of())).startsWith("\uFEFFine;nom;prenom;date_naissance;");
    }

    @Test
    void oneLineAYouth() {
        assertThat(UnreachableCsv.of(List.of(youth("Évrard"))).split("\r\n")[1])
                .isEqualTo("INE1;Évrard;Zoé;14/03/2009;17;\"3; rue des Lilas\";93200;Saint-Denis;93066;sans réponse;"
                        + "10;2;ML Essai;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "＝1+1"})
    void noCellIsAFormula(String name) {
        assertThat(UnreachableCsv.of(List.of(youth(name)))).contains(";'" + name);
    }

    private static Unreached youth(String lastName) {
        return new Unreached(
                "INE1",
                lastName,
                "Zoé",
                LocalDate.of(2009, 3, 14),
                "3; rue des Lilas",
                "93200",
                "Saint-Denis",
                "93066",
                Unreached.Reason.UNREACHABLE,
                10,
                2,
                "ML Essai",
                null,
                LocalDate.of(2026, 11, 20));
    }
}
