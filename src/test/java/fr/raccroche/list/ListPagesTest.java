package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingNode;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.table.WorkbookWriter;
import fr.raccroche.security.Role;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists over HTTP: every step of a file, and what can go wrong at each. */
@ApplicationTest
class ListPagesTest {

    private static final Pattern ROW = Pattern.compile("<row .*?>(.*?)</row>");
    private static final Pattern CELL = Pattern.compile("<c .*?>(.*?)</c>");

    @Inject
    TestingUploads uploads;

    /** Unlike any other test's. */
    private String name = "";

    @BeforeEach
    void newName() {
        name = uploads.name();
    }

    private static String page(Response response) {
        return response.then().statusCode(200).extract().asString().replace("&#39;", "'");
    }

    private String page(String path) {
        return page(uploads.form().get(path));
    }

    @Test
    void nothingIsKnownBeforeSomebodyAgrees() {
        String load =
                uploads.send(TestingList.empty().person(name).line("trop;court").text(), Map.of("name", name));

        assertThat(uploads.state(load).getString("state")).isEqualTo("MAPPING");
        assertThat(uploads.state(load).getBoolean("mapped")).isTrue();
        JsonPath preview = uploads.preview(load);

        assertThat(preview.getInt("preview.created")).isEqualTo(1);
        assertThat(preview.getInt("preview.rejected")).isEqualTo(1);
        assertThat(preview.getString("list")).isNull();
        assertThat(uploads.people(name)).isZero();
        assertThat(page(load)).contains("Ce que cela ferait", "jamais vus", "valeur obligatoire absente");
        uploads.supervisor().get("/lists.json").then().body("find { it.name == '%s' }".formatted(name), nullValue());

        JsonPath done = uploads.confirm(load);

        assertThat(done.getInt("version")).isEqualTo(1);
        assertThat(uploads.people(name)).isEqualTo(1);
        uploads.supervisor()
                .get("/lists.json")
                .then()
                .body("find { it.name == '%s' }.people".formatted(name), is(1))
                .body("find { it.name == '%s' }.version".formatted(name), is(1));
        assertThat(page(load)).contains("est à sa version 1");
        assertThat(page("/lists/" + done.getLong("list"))).contains(name, "Préparer une campagne");
        for (String action : List.of("list-submitted", "list-mapped", "list-confirmed")) {
            assertThat(uploads.noted(action, "load:" + done.getLong("id")))
                    .as(action)
                    .isEqualTo(1);
        }
    }

    @Test
    void columnsThatNobodyRecognisesAreNamedByHand() {
        String load = uploads.send("rubrique;intitulé;colonne x;zone\n" + name + ";Lina;12 rue;abc\n", Map.of());
        assertThat(uploads.state(load).getBoolean("mapped")).isFalse();

        Response incomplete = uploads.form()
                .formParam("column", "NOM", "PRENOM", "PRENOM", "")
                .post(load + "/mapping");

        assertThat(incomplete.statusCode()).isEqualTo(400);
        assertThat(incomplete.asString())
                .contains("Il manque une colonne : Date de naissance")
                .contains("« Prénom » est choisi pour plusieurs colonnes : intitulé, colonne x")
                .contains("Aucune colonne ne donne de téléphone");
        assertThat(uploads.state(load).getString("state")).isEqualTo("MAPPING");

        Response moved = uploads.form().formParam("column", "NOM").post(load + "/mapping");

        assertThat(moved.statusCode()).isEqualTo(409);
        uploads.form()
                .formParam("column", "NOM", "PRENOM", "DATE_NAISSANCE", "TEL_JEUNE")
                .post(load + "/mapping")
                .then()
                .statusCode(303);
        assertThat(uploads.awaitState(load, "PREVIEW").getInt("preview.rejected"))
                .isEqualTo(1);
        uploads.post(load + "/columns", Map.of());
        assertThat(uploads.state(load).getString("state")).isEqualTo("MAPPING");
        assertThat(page(load)).contains("<option value=\"DATE_NAISSANCE\" selected>");
    }

    @Test
    void theWayAFileIsReadCanBeCorrected() {
        String text = "nom,complet;prenom;date_naissance;tel_jeune\n" + name + "é,x;Lina;05/03/2009;0639981234\n";
        String load = uploads.send(
                "liste.csv", text.getBytes(Charset.forName("windows-1252")), Map.of("source", "Rectorat " + name));

        assertThat(page(load)).contains("Windows-1252", "point-virgule", name + "é,x");
        assertThat(page(uploads.form()
                        .queryParams("charset", "ISO-8859-15", "separator", ",", "headerLine", 1)
                        .get(load)))
                .contains("cellules séparées par virgule", "x;Lina;05/03/2009;0639981234");
        assertThat(page(uploads.form()
                        .queryParams("charset", "UTF-8", "separator", ";", "headerLine", 1)
                        .get(load)))
                .contains("Lu de cette façon, le fichier n'est pas lisible")
                .contains(name + "é,x");
        uploads.form()
                .queryParams("charset", "EBCDIC", "separator", ";", "headerLine", 1)
                .get(load)
                .then()
                .statusCode(400)
                .body(containsString("façon de lire n&#39;existe pas"));
        uploads.form()
                .formParam("charset", "windows-1252")
                .formParam("separator", ";")
                .formParam("headerLine", 1)
                .formParam("column", "NOM", "PRENOM", "DATE_NAISSANCE", "TEL_JEUNE")
                .post(load + "/mapping")
                .then()
                .statusCode(303);
        uploads.awaitState(load, "PREVIEW");
        uploads.confirm(load);

        String next = uploads.send(
                "liste.csv",
                text.replace("Lina", "Léa").getBytes(Charset.forName("windows-1252")),
                Map.of("source", "Rectorat " + name));

        assertThat(uploads.state(next).getBoolean("mapped"))
                .as("the choices are kept for the next file of the source")
                .isTrue();
    }

    @Test
    void aFileThatCannotBeReadSaysWhyAndWhatToDo() {
        String load = uploads.send("liste.csv", new byte[0], Map.of());

        JsonPath state = uploads.state(load);
        assertThat(state.getString("state")).isEqualTo("REFUSED");
        assertThat(state.getString("refusal.code")).isEqualTo("EMPTY");
        assertThat(page(load)).contains("Le fichier est vide", "Rien n'a été enregistré", "Charger un autre fichier");
        uploads.form().post(load + "/confirm").then().statusCode(409);
        uploads.form().post(load + "/cancel").then().statusCode(409);
    }

    @Test
    void aFormWithoutFileNameOrDateIsRefusedSayingWhat() {
        byte[] file = TestingList.empty().person(name).text().getBytes(StandardCharsets.UTF_8);

        uploads.form()
                .multiPart("name", name)
                .multiPart("referenceDate", TestingUploads.DAY)
                .post("/lists")
                .then()
                .statusCode(400)
                .body(containsString("Choisissez un fichier"));
        uploads.upload("liste.csv", file, Map.of("name", " "))
                .then()
                .statusCode(400)
                .body(containsString("Donnez un nom"));
        uploads.upload("liste.csv", file, Map.of("referenceDate", "demain"))
                .then()
                .statusCode(400)
                .body(containsString("n'est pas une date"));
        uploads.upload("liste.csv", file, Map.of("list", "999999999"))
                .then()
                .statusCode(400)
                .body(containsString("n'existe pas"));
    }

    @Test
    void aCompleteFileWithdrawsTheMissingOnlyWhenSomebodySaysThatItIsMeant() {
        var all = TestingList.empty();
        IntStream.range(0, 30).forEach(i -> all.person(uploads.name()));
        long list = uploads.load(all.text(), Map.of()).getLong("list");
        String load = uploads.send(TestingList.empty().person(name).text(), Map.of("list", Long.toString(list)));

        JsonPath preview = uploads.preview(load);

        assertThat(preview.getInt("preview.withdrawn")).isEqualTo(30);
        assertThat(page(load)).contains("30 personnes sur 30 quitteraient la liste");
        uploads.form().post(load + "/confirm").then().statusCode(400).body(containsString("Cochez d&#39;abord"));
        assertThat(uploads.state(load).getString("state")).isEqualTo("PREVIEW");
        assertThat(uploads.confirm(load).getInt("version")).isEqualTo(2);
        assertThat(page("/lists/" + list)).contains("Annuler cette version");

        uploads.post(load + "/undo", Map.of());
        uploads.awaitState(load, "UNDONE");

        assertThat(uploads.people(name)).isZero();
        uploads.supervisor().get("/lists.json").then().body("find { it.id == %d }.people".formatted(list), is(30));
    }

    @Test
    void aVersionThatAnotherBuildsOnIsNotUndoneAndSaysWhy() {
        String file = TestingList.empty().person(name).text();
        String first = uploads.send(file, Map.of());
        uploads.preview(first);
        long list = uploads.confirm(first).getLong("list");
        uploads.load(
                TestingList.empty().person(name).person(uploads.name()).text(), Map.of("list", Long.toString(list)));

        uploads.post(first + "/undo", Map.of());
        JsonPath refused = uploads.awaitState(first, "DONE");

        assertThat(refused.getString("refusal.code")).isEqualTo("BUILT_ON");
        assertThat(page(first)).contains("La version n'a pas été annulée", "annulez-les d'abord");
        assertThat(uploads.people(name)).isEqualTo(1);
    }

    @Test
    void theSameFileAndTheFileBeforeAreToldApart() {
        String old = TestingList.empty().person(name).text();
        long list = uploads.load(old, Map.of("name", name)).getLong("list");
        String same = uploads.send(old, Map.of("list", Long.toString(list)));
        assertThat(page(same)).contains("octet pour octet, celui de la version 1 de « " + name);
        uploads.post(same + "/cancel", Map.of());
        assertThat(page(same)).contains("a été abandonné");
        uploads.load(
                TestingList.empty().person(name).person(uploads.name()).text(), Map.of("list", Long.toString(list)));

        String older = uploads.send(old, Map.of("list", Long.toString(list)));

        assertThat(page(older)).contains("ramènerait la liste en arrière");
        uploads.upload(
                        "liste.csv",
                        old.getBytes(StandardCharsets.UTF_8),
                        Map.of("list", Long.toString(list), "referenceDate", "2025-11-20"))
                .then()
                .statusCode(400)
                .body(containsString("une année passée"));
    }

    @Test
    void ofTwoFilesForOneListTheSecondIsComparedAgain() {
        long list = uploads.load(TestingList.empty().person(uploads.name()).text(), Map.of())
                .getLong("list");
        Map<String, String> addition = Map.of("list", Long.toString(list), "complete", "no");
        String one = uploads.send(TestingList.empty().person(name).text(), addition);
        String other = uploads.send(
                "autre.csv",
                TestingList.empty().person(name).person(uploads.name()).text().getBytes(StandardCharsets.UTF_8),
                addition);
        assertThat(page(one)).contains("Un autre fichier de cette liste est en cours : autre.csv");
        uploads.preview(one);
        assertThat(uploads.preview(other).getInt("preview.created")).isEqualTo(2);

        uploads.confirm(one);
        uploads.post(other + "/confirm", Map.of());
        JsonPath again = uploads.awaitState(other, "PREVIEW");

        assertThat(again.getString("refusal.code")).isEqualTo("CHANGED_MEANWHILE");
        assertThat(again.getInt("preview.created")).isEqualTo(1);
        assertThat(again.getInt("preview.unchanged")).isEqualTo(1);
        assertThat(page(other)).contains("Pendant que vous regardiez, une autre version a été chargée");
        uploads.confirm(other);
        assertThat(uploads.people(name)).isEqualTo(1);
    }

    @Test
    void rejectsComeBackInTheLayoutOfTheFileAndHarmless() {
        String load = uploads.send(
                TestingList.empty()
                        .row(TestingList.sound(name, Column.TEL_JEUNE, "3919"))
                        .row(TestingList.sound("=cmd|' /C calc'!A0", Column.DATE_NAISSANCE, "hier"))
                        .row(TestingList.sound(name, Column.DATE_NAISSANCE, "12/05/2012"))
                        .line("@trop;\"+court\"\"\"")
                        .text(),
                Map.of());
        uploads.preview(load);

        Response rejects = uploads.supervisor().get(load + "/rejects");

        assertThat(rejects.contentType()).startsWith("text/csv");
        assertThat(rejects.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"rejets-%s.csv\"".formatted(load.replaceAll("\\D", "")));
        String[] lines = new String(rejects.asByteArray(), StandardCharsets.UTF_8).split("\r\n");
        assertThat(lines).hasSize(5);
        assertThat(lines[0]).endsWith(";ligne;colonne;motif");
        assertThat(lines[1]).contains(name).contains(";2;tel_jeune;aucun numéro de téléphone utilisable");
        assertThat(lines[2]).contains("'=cmd").contains(";3;nom;");
        assertThat(lines[3]).contains(";4;date_naissance;moins de 16 ans");
        assertThat(lines[4]).startsWith("'@trop;\"'+court\"\"\";");
        for (String line : lines) {
            assertThat(line.split(";")).noneMatch(cell -> cell.matches("\"?[=+\\-@].*"));
        }

        String under16 = new String(
                uploads.supervisor().get(load + "/rejects?reason=UNDER_16").asByteArray(), StandardCharsets.UTF_8);

        assertThat(under16.split("\r\n")).hasSize(2);
        assertThat(page(load)).contains("Télécharger les moins de 16 ans");
        assertThat(uploads.noted("rejects-exported", "load:" + load.replaceAll("\\D", "")))
                .isEqualTo(2);
    }

    @Test
    void aCorrectedFileOfRejectsFindsItsListAndWithdrawsNobody() {
        String first = uploads.send(
                TestingList.empty()
                        .person(uploads.name())
                        .row(TestingList.sound(name, Column.TEL_JEUNE, "3919"))
                        .text(),
                Map.of("name", name));
        uploads.preview(first);
        long list = uploads.confirm(first).getLong("list");
        byte[] corrected = new String(
                        uploads.supervisor().get(first + "/rejects").asByteArray(), StandardCharsets.UTF_8)
                .replace("3919", "06 39 98 12 34")
                .getBytes(StandardCharsets.UTF_8);

        String named = uploads.send("rejets-" + first.replaceAll("\\D", "") + " (1).csv", corrected, Map.of());
        String renamed = uploads.send("corrigé.csv", corrected, Map.of());

        for (String load : List.of(named, renamed)) {
            assertThat(uploads.state(load).getBoolean("complete")).isFalse();
            assertThat(page(load))
                    .contains("fichier de rejets corrigé")
                    .contains("<option value=\"%d\" selected>%s</option>".formatted(list, name));
        }
        uploads.post(named + "/target", Map.of("list", Long.toString(list), "complete", "yes"));
        assertThat(uploads.state(named).getLong("list")).isEqualTo(list);
        assertThat(uploads.state(named).getBoolean("complete")).isFalse();
        JsonPath preview = uploads.preview(named);
        assertThat(preview.getInt("preview.created")).isEqualTo(1);
        assertThat(preview.getInt("preview.withdrawn")).isZero();
        assertThat(uploads.confirm(named).getInt("version")).isEqualTo(2);
        assertThat(uploads.people(name)).isEqualTo(1);
    }

    @Test
    void aWorkbookComesInAndItsRejectsGoOutAsOne() throws IOException {
        byte[] file = workbook(
                List.of("Nom", "Prénom", "Date de naissance", "Téléphone"),
                List.of(name, "Lina", "05/03/2009", "0639981234"),
                List.of("+" + name, "Lina", "hier", "=1+1"));
        String load = uploads.send("liste.xlsx", file, Map.of());
        assertThat(page(load)).contains("Classeur, feuille « Élèves »");
        uploads.preview(load);

        Response rejects = uploads.supervisor().get(load + "/rejects");

        assertThat(rejects.header("Content-Disposition")).endsWith(".xlsx\"");
        List<List<String>> rows = cells(rejects.asByteArray(), 1);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).subList(4, 7)).containsExactly("ligne", "colonne", "motif");
        assertThat(rows.get(1)).startsWith("'+" + name, "Lina", "hier", "'=1+1", "3", "date_naissance");
    }

    /** The cells of one sheet of a workbook that calculates nothing. */
    private static List<List<String>> cells(byte[] workbook, int sheet) throws IOException {
        Path file = Files.write(Files.createTempFile("workbook", ".xlsx"), workbook);
        try (var zip = new ZipFile(file.toFile())) {
            ZipEntry part = zip.getEntry("xl/worksheets/sheet" + sheet + ".xml");
            String xml = new String(zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(xml).doesNotContain("<f>", "<f ");
            return ROW.matcher(xml)
                    .results()
                    .map(row -> CELL.matcher(row.group(1))
                            .results()
                            .map(cell -> text(cell.group(1).replaceAll("<[^>]*>", "")))
                            .toList())
                    .toList();
        }
    }

    /** Without the entities of XML. */
    private static String text(String xml) {
        return Pattern.compile("&#x([0-9a-f]+);")
                .matcher(xml.replace("&apos;", "'"))
                .replaceAll(entity -> Character.toString(Integer.parseInt(entity.group(1), 16)));
    }

    @SafeVarargs
    private static byte[] workbook(List<String> header, List<String>... rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new WorkbookWriter(bytes)) {
            workbook.sheet("Élèves", header);
            for (List<String> row : rows) {
                workbook.row(row);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void namesWithMarkupShowAsText() {
        String load = uploads.send(
                TestingList.empty()
                        .person("<img src=x onerror=alert(1)>\u00a0{{7*7}}{inject:page}")
                        .text(),
                Map.of("name", "<b>" + name + "</b>"));
        uploads.preview(load);

        assertThat(page(load))
                .contains("&lt;img src=x onerror=alert(1)&gt; {{7*7}}{inject:page}", "&lt;b&gt;" + name, "caractère")
                .doesNotContain("<img src=x", "<b>" + name);
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
        assertThat(announced("/lists", 450L << 20)).startsWith("HTTP/1.1 413").contains("dépasse 401 Mo");
        assertThat(announced("/login", 3L << 20)).startsWith("HTTP/1.1 413").contains("dépasse 2 Mo");
        assertThat(announced("/lists", 300L << 20))
                .as("nobody who is not signed in keeps the server busy with a file")
                .startsWith("HTTP/1.1 401");
    }

    /** The answer to a request of this length whose body never comes. */
    private static String announced(String path, long length) throws IOException {
        URI url = URI.create(TestingNode.PRODUCT);
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("""
                    POST %s HTTP/1.1\r
                    Host: %s\r
                    Origin: %s\r
                    Accept: */*\r
                    Content-Type: multipart/form-data; boundary=x\r
                    Content-Length: %d\r
                    \r
                    --x\r
                    """.formatted(path, url.getAuthority(), TestingNode.PRODUCT, length)
                    .getBytes(StandardCharsets.UTF_8));
            var answer = new StringBuilder();
            var block = new byte[8192];
            while (!answer.toString().contains("}")) {
                int read = socket.getInputStream().read(block);
                if (read < 0) {
                    break;
                }
                answer.append(new String(block, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String path : List.of(
                "/lists/999999999",
                "/lists/abc",
                "/lists/loads/999999999",
                "/lists/loads/999999999.json",
                "/lists/loads/999999999/rejects",
                "/lists/999999999/review",
                "/lists/999999999/quality",
                "/lists/999999999/quality.xlsx")) {
            assertThat(uploads.supervisor().get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void onlyASupervisorLoadsLists() {
        for (Role role : List.of(Role.AGENT, Role.PARTNER, Role.ADMIN)) {
            uploads.as(role)
                    .header("Origin", TestingNode.PRODUCT)
                    .multiPart("file", "liste.csv", new byte[] {'a'}, "text/csv")
                    .multiPart("name", name)
                    .multiPart("referenceDate", TestingUploads.DAY)
                    .post("/lists")
                    .then()
                    .statusCode(403);
        }
        uploads.form().get("/lists").then().statusCode(200).body(not(containsString(name)));
    }

    @Test
    void theQualityReportCountsBySchoolAndGoesOutHarmless() throws IOException {
        var sound = TestingList.sound(name, Column.UAI_DERNIER_ETABLISSEMENT, "0750001U");
        long list = uploads.load(
                        TestingList.empty()
                                .row(sound)
                                .row(TestingList.sound(uploads.name(), Column.UAI_DERNIER_ETABLISSEMENT, "0750001U"))
                                .row(with(sound, uploads.name(), Column.TEL_JEUNE, "3919"))
                                .row(with(sound, uploads.name(), Column.DATE_NAISSANCE, "31/02/2009"))
                                .row(with(sound, uploads.name(), Column.DATE_NAISSANCE, "12/05/2012"))
                                .row(sound)
                                .row(with(
                                        TestingList.sound(uploads.name(), Column.TEL_JEUNE, ""),
                                        uploads.name(),
                                        Column.UAI_DERNIER_ETABLISSEMENT,
                                        "=1+1"))
                                .text(),
                        Map.of("name", "+" + name))
                .getLong("list");

        assertThat(page("/lists/" + list + "/quality")).contains("0750001U", "=1+1", "67\u00a0%");
        Response report = uploads.supervisor().get("/lists/" + list + "/quality.xlsx");

        List<List<String>> whole = cells(report.asByteArray(), 1);
        assertThat(whole.get(1)).as("the name of the list").containsExactly("Liste", "'+" + name);
        List<List<String>> schools = cells(report.asByteArray(), 2);
        assertThat(schools.getFirst()).startsWith("Établissement (UAI)", "Lignes", "Jeunes sur la liste");
        assertThat(schools)
                .as("rows, people, share with a phone, no phone, no birth date, under 16, duplicates, rejected")
                .anySatisfy(school -> assertThat(school)
                        .startsWith("0750001U", "6", "2", "0.6666666666666666", "1", "1", "1", "1", "4"))
                .anySatisfy(school -> assertThat(school).startsWith("'=1+1", "1", "0"));
        assertThat(uploads.noted("quality-exported", "list:" + list)).isEqualTo(1);
    }

    private static Map<Column, String> with(Map<Column, String> row, String lastName, Column column, String value) {
        var changed = new EnumMap<>(row);
        changed.put(Column.NOM, lastName);
        changed.put(column, value);
        return changed;
    }
}
