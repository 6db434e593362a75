package fr.raccroche.list.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.row.Mapping.Problem;
import fr.raccroche.list.table.Layout;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {

    private static final Layout LAYOUT = Layout.text(UTF_8, ';', 1);

    @Test
    void ourOwnNamesAreKnown() {
        var names = Column.all().stream().map(Column::header).toList();

        var mapping = propose(String.join(";", names));

        assertThat(mapping.columns()).isEqualTo(Column.all());
        assertThat(mapping.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ID_NATIONAL|INE",
                "N° INE|INE",
                "INE de l'élève|INE",
                "Identifiant national|INE",
                "INE (11 caractères)|INE",
                "N° SIEI|NUMERO_SIEI",
                "Identifiant SIEI|NUMERO_SIEI",
                "NUM_RIO|NUMERO_SIEI",
                "Date SIEI|",
                "NOM_DE_FAMILLE|NOM",
                "Nom de l'élève|NOM",
                "NOM ELEVE|NOM",
                "Nom de naissance|NOM",
                "Nom d'usage|NOM",
                "Nom et prénom|NOM_PRENOM",
                "Prénom Nom|PRENOM_NOM",
                "Élève|NOM_PRENOM",
                "Numéros de téléphone|TEL_JEUNE",
                "Coordonnées téléphoniques|TEL_JEUNE",
                "Téléphone(s)|TEL_JEUNE",
                "Portables|TEL_JEUNE",
                "Téléphones des parents|RESP1_TEL",
                "Observations|REMARQUE",
                "Ne pas appeler|RETRAIT",
                "Mail du professeur principal|",
                "Tél. établissement|",
                "Tél prof|",
                "Ancien numéro de téléphone|",
                "Élève › Tél|TEL_JEUNE",
                "Responsable légal 2 › Tél|RESP2_TEL",
                "Coordonnées du responsable › Portable|RESP1_TEL",
                "Professeur principal › Tél|",
                "Scolarité › Classe|DERNIERE_FORMATION",
                "Nom établissement|",
                "Nom Commune|COMMUNE",
                "Prénom|PRENOM",
                "PRENOM_ELEVE|PRENOM",
                "Prénom 1|PRENOM",
                "1er prénom|PRENOM",
                "Prénom 2|",
                "DATE_NAISS|DATE_NAISSANCE",
                "dateNaissance|DATE_NAISSANCE",
                "Né(e) le|DATE_NAISSANCE",
                "DDN|DATE_NAISSANCE",
                "Date de naissance (JJ/MM/AAAA)|DATE_NAISSANCE",
                "Commune de naissance|",
                "Lieu de naissance|",
                "CODE_COMMUNE_INSEE_NAISS|",
                "Pays naissance|",
                "CODE_SEXE|SEXE",
                "Sexe (M/F)|SEXE",
                "Genre|SEXE",
                "CODE_RNE|UAI_DERNIER_ETABLISSEMENT",
                "codeUai|UAI_DERNIER_ETABLISSEMENT",
                "UAI/RNE|UAI_DERNIER_ETABLISSEMENT",
                "Code UAI de l'établissement d'origine|UAI_DERNIER_ETABLISSEMENT",
                "CODE_MEF|DERNIERE_FORMATION",
                "Classe|DERNIERE_FORMATION",
                "Dernière formation suivie|DERNIERE_FORMATION",
                "adresseLigne1|ADRESSE",
                "Adresse postale|ADRESSE",
                "adresse_2|",
                "CP|CODE_POSTAL",
                "codePostal|CODE_POSTAL",
                "Code postal de résidence|CODE_POSTAL",
                "Commune de résidence|COMMUNE",
                "Ville|COMMUNE",
                "LL_COMMUNE|COMMUNE",
                "libelleCommune|COMMUNE",
                "codeCommuneInsee|CODE_INSEE",
                "Code INSEE|CODE_INSEE",
                "Code commune (INSEE)|CODE_INSEE",
                "TEL_PORTABLE|TEL_JEUNE",
                "Portable élève|TEL_JEUNE",
                "Numéro de téléphone|TEL_JEUNE",
                "Tél. 1|TEL_JEUNE",
                "Mobile|TEL_JEUNE",
                "GSM|TEL_JEUNE",
                "TelEleve|TEL_JEUNE",
                "tel_fixe|TEL_JEUNE_2",
                "Tél. domicile|TEL_JEUNE_2",
                "Téléphone 2|TEL_JEUNE_2",
                "Autre téléphone|TEL_JEUNE_2",
                "E-mail|COURRIEL",
                "Mél élève|COURRIEL",
                "Adresse électronique|COURRIEL",
                "Mail des parents|",
                "Tél. responsable 1|RESP1_TEL",
                "resp1_tel_portable|RESP1_TEL",
                "TEL_RESP_LEGAL_2|RESP2_TEL",
                "Tél. du 2e responsable légal|RESP2_TEL",
                "Téléphone second responsable|RESP2_TEL",
                "RL1 Portable|RESP1_TEL",
                "Tél. 1 resp. 2|RESP2_TEL",
                "Resp. légal n° 2 - tél. 2|RESP2_TEL_2",
                "Tél. mère|RESP1_TEL",
                "Tél. famille|RESP1_TEL",
                "Tél. des parents|RESP1_TEL",
                "resp1_tel_1|RESP1_TEL",
                "resp2_tel_2|RESP2_TEL_2",
                "Resp1 tel professionnel|RESP1_TEL_2",
                "Nom du responsable légal|RESP1_NOM",
                "NOM_RESP2|RESP2_NOM",
                "Nom de famille du responsable 2|RESP2_NOM",
                "Prénom du père|RESP1_PRENOM",
                "resp1_code_commune_insee|RESP1_CODE_INSEE",
                "Adresse du responsable 1|",
                "resp1_civilite|",
                "Lien responsable 1|",
                "Date d'extraction|DATE_EXTRACTION",
                "Date de sortie|",
                "Motif de sortie|",
                "Nationalité|",
                "ligne|",
                "x|"
            })
    void oneNameByItself(String name, String column) {
        var columns = Mapping.propose(LAYOUT, List.of(name), List.of()).columns();

        assertThat(columns.getFirst()).isEqualTo(column == null ? null : Column.valueOf(column));
    }

    @Test
    void theExportOfTheSchoolBase() {
        assertThat(told(
                        "ID_NATIONAL;NOM_DE_FAMILLE;NOM_USAGE;PRENOM;PRENOM2;DATE_NAISS;CODE_SEXE;CODE_COMMUNE_INSEE_NAISS;"
                                + "TEL_PERSONNEL;TEL_PORTABLE;MEL;CODE_POSTAL;LL_COMMUNE;CODE_COMMUNE_INSEE;CODE_RNE;CODE_MEF;"
                                + "CODE_STRUCTURE;DATE_SORTIE;CODE_MOTIF_SORTIE"))
                .isEqualTo("INE;NOM;;PRENOM;;DATE_NAISSANCE;SEXE;;TEL_JEUNE_2;TEL_JEUNE;COURRIEL;CODE_POSTAL;COMMUNE;"
                        + "CODE_INSEE;UAI_DERNIER_ETABLISSEMENT;DERNIERE_FORMATION;;;");
    }

    @Test
    void aListMadeByHand() {
        assertThat(told(
                        "N°;Nom de l'élève;Prénom;Né(e) le;Classe;Portable élève;Tél. mère;Tél. père;Commune de résidence;"
                                + "Observations"))
                .isEqualTo(
                        ";NOM;PRENOM;DATE_NAISSANCE;DERNIERE_FORMATION;TEL_JEUNE;RESP1_TEL;RESP2_TEL;COMMUNE;REMARQUE");
    }

    @Test
    void whatFollowsTheGuardiansNameIsTheGuardians() {
        assertThat(told("Nom;Prénom;Date de naissance;Portable;Nom responsable 2;Prénom;Téléphone"))
                .isEqualTo("NOM;PRENOM;DATE_NAISSANCE;TEL_JEUNE;RESP2_NOM;RESP2_PRENOM;RESP2_TEL");
        assertThat(told("Nom;Prénom;Nom du père;Prénom;Tél.;Tél. élève;Portable"))
                .isEqualTo("NOM;PRENOM;RESP1_NOM;RESP1_PRENOM;RESP1_TEL;TEL_JEUNE_2;TEL_JEUNE");
        assertThat(told("Nom du responsable;tel_jeune;Tél. responsable;Portable"))
                .isEqualTo("RESP1_NOM;TEL_JEUNE;RESP1_TEL_2;RESP1_TEL");
    }

    @Test
    void theBetterOfTwoNamesWinsAndFurtherNumbersAreSecond() {
        assertThat(told("nom usage;nom;classe;libelle_formation;code_mef;téléphone;tel;portable"))
                .isEqualTo(";NOM;;DERNIERE_FORMATION;;TEL_JEUNE_2;TEL_JEUNE_2;TEL_JEUNE");
    }

    @Test
    void guardiansWithoutANumberTakeTheFreeOne() {
        assertThat(told("tel mere;tel responsable 1;nom tuteur")).isEqualTo("RESP2_TEL;RESP1_TEL;");
    }

    @Test
    void unnamedColumnsAreToldByWhatStandsInThem() {
        var rows = List.of(
                List.of(
                        "Benali",
                        "000000001AA",
                        "05/03/2009",
                        "0930001U",
                        "a@exemple.fr",
                        "06 39 98 12 34",
                        "93200",
                        "93066",
                        "F",
                        "12/11/2026"),
                List.of(
                        "Diallo",
                        "000000002AA",
                        "2008-07-12",
                        "0940001X",
                        "b@exemple.fr",
                        "0639981235",
                        "94000",
                        "94028",
                        "M",
                        "12/11/2026"),
                List.of("Petit", "", "12/07/2008", "0750001A", "", "+33 6 39 98 12 36", "75018", "75118", "", ""));

        var mapping = Mapping.propose(LAYOUT, List.of("Nom", "a", "b", "c", "d", "e", "f", "g", "h", "i"), rows);

        assertThat(told(mapping))
                .isEqualTo(
                        "NOM;INE;DATE_NAISSANCE;UAI_DERNIER_ETABLISSEMENT;COURRIEL;TEL_JEUNE;CODE_POSTAL;CODE_INSEE;SEXE;");
    }

    @Test
    void whoseAnUnnamedNumberIsMustNotBeGuessedBesideANamedOne() {
        var rows = List.of(List.of("0639981234", "0199000001"), List.of("0639981235", "0199000002"));

        assertThat(told(Mapping.propose(LAYOUT, List.of("Portable", "Contact"), rows)))
                .isEqualTo("TEL_JEUNE;");
    }

    @Test
    void aColumnWhoseNameSaysSomethingElseIsNotGuessed() {
        var rows = List.of(List.of("05/03/2009", "0639981234"), List.of("12/07/2008", "0639981235"));

        assertThat(told(Mapping.propose(LAYOUT, List.of("Date d'extraction", "Mail"), rows)))
                .isEqualTo("DATE_EXTRACTION;COURRIEL");
    }

    @Test
    void withoutNameBirthDateAndAnyNumberNobodyCanBeCalled() {
        assertThat(propose("nom;ine").missing())
                .containsExactly(Column.PRENOM, Column.DATE_NAISSANCE, Column.TEL_JEUNE);
        assertThat(propose("nom;prenom;date_naissance;tel responsable").complete())
                .isTrue();
        assertThat(propose("nom;prenom;date_naissance").problems())
                .containsExactly(new Problem(Problem.Flaw.NO_PHONE, Column.TEL_JEUNE, List.of()));
    }

    @Test
    void aColumnThatStandsTwiceIsAProblem() {
        var mapping = propose("nom;prenom;date_naissance;NOM;tel_jeune");

        assertThat(mapping.problems()).containsExactly(new Problem(Problem.Flaw.TWICE, Column.NOM, List.of(0, 3)));
        assertThat(mapping.complete()).isFalse();
        assertThat(mapping.places())
                .containsEntry(Column.NOM, 0)
                .containsEntry(Column.TEL_JEUNE, 4)
                .hasSize(4);
    }

    @Test
    void cellsAreFoundByColumn() {
        var cells = propose("prenom;x;nom;tel_jeune").cells(List.of("Lina", "y", "'=Benali", "'+33639981234"));

        assertThat(cells.get(Column.PRENOM)).isEqualTo("Lina");
        assertThat(cells.get(Column.NOM)).isEqualTo("=Benali");
        assertThat(cells.get(Column.TEL_JEUNE)).isEqualTo("+33639981234");
        assertThat(cells.get(Column.INE)).isEmpty();
    }

    @Test
    void aMappingIsKeptAsText() {
        var text = propose("nom;x;prenom");
        var sheet = Mapping.propose(Layout.workbook("Élèves", 3), List.of("nom", "nom"), List.of());
        var other = Mapping.propose(Layout.text(Charset.forName("windows-1252"), '\t', 2), List.of("nom"), List.of());

        assertThat(List.of(text, sheet, other)).allMatch(mapping -> mapping.equals(Mapping.fromJson(mapping.toJson())));
    }

    @Test
    void aMappingIsFoundAgainWhateverTheOrderCaseAndAccents() {
        var signature = propose("Nom;Prénom;Né(e) le").signature();

        assertThat(propose("PRENOM;nom;;ne e le").signature()).isEqualTo(signature);
        assertThat(propose("Nom;Prénom;Né(e) le;ligne;colonne;motif").signature())
                .isEqualTo(signature);
        assertThat(propose("Nom;Prénom").signature()).isNotEqualTo(signature);
        assertThat(propose("Nom;Prénom;Né(e) le;ligne").signature()).isNotEqualTo(signature);
    }

    @Test
    void aMappingIsAppliedToAnotherOrder() {
        var kept = new Mapping(
                LAYOUT, List.of("A", "B", "B", "C"), Arrays.asList(Column.NOM, Column.PRENOM, null, Column.INE));

        var applied = kept.appliedTo(Layout.workbook("Feuille", 2), List.of("c", "b", "new", "b", "a", "b"));

        assertThat(applied.layout()).isEqualTo(Layout.workbook("Feuille", 2));
        assertThat(applied.columns())
                .containsExactlyElementsOf(Arrays.asList(Column.INE, Column.PRENOM, null, null, Column.NOM, null));
    }

    @Test
    void aRejectFileIsKnownByItsAddedColumns() {
        assertThat(propose("nom;prenom;ligne;colonne;motif").isRejectFile()).isTrue();
        assertThat(propose("nom;prenom;ligne;motif").isRejectFile()).isFalse();
    }

    private static Mapping propose(String headers) {
        return Mapping.propose(LAYOUT, List.of(headers.split(";")), List.of());
    }

    private static String told(String headers) {
        return told(propose(headers));
    }

    private static String told(Mapping mapping) {
        return mapping.columns().stream()
                .map(column -> column == null ? "" : column.name())
                .collect(Collectors.joining(";"));
    }
}
