package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists in a browser: from a school office's file to people worth calling, and back. */
@QuarkusTest
@QuarkusTestResource(TestingNode.class)
class ListBrowserTest {

    private static final int PATIENCE = 90_000;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingUploads uploads;

    private String name = "";

    @BeforeEach
    void newName() {
        name = uploads.name();
    }

    private Page signedIn(ColorScheme colours) {
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR), colours);
        page.setDefaultTimeout(PATIENCE);
        page.onDialog(dialog -> dialog.accept());
        return page;
    }

    private static void look(Page page, String name, ColorScheme colours) {
        TestingBrowser.keep(page, name + "-" + colours.name().toLowerCase(Locale.ROOT));
        TestingBrowser.assertAccessible(page);
    }

    private static void click(Page page, String label) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label))
                .click();
    }

    private static void follow(Page page, String label) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(label))
                .first()
                .click();
    }

    private static void awaitHeading(Page page, String heading) {
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(heading))
                .waitFor();
    }

    private static Path file(String name, String text, Charset charset) throws IOException {
        return Files.write(Files.createTempDirectory("liste").resolve(name), text.getBytes(charset));
    }

    private static Locator becomes(Page page, String column) {
        return page.getByLabel("Devient, pour la colonne " + column);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void fromTheFileOfASchoolOfficeToPeopleWorthCallingAndBack(ColorScheme colours) throws IOException {
        String other = uploads.name();
        String third = uploads.name();
        Page page = signedIn(colours);
        page.navigate("/lists/columns");
        look(page, "list-columns", colours);

        page.navigate("/lists");
        page.getByLabel("Fichier de la liste")
                .setInputFiles(file("rentrée.csv", """
                        Liste des jeunes;;;;;;
                        Nom de l'élève;Prénom;Date naiss.;Portable élève;INSEE;Observations;UAI
                        %1$s;Zoé;05/03/2009;6 39 98 12 34;93066;CAP coiffure;0750001U
                        %2$s;Inès;12/11/2008;0639981235;93066;Bac pro;0750001U
                        %3$s;Léa;01/02/2009;39;93066;;0750001U
                        %3$s;Tom;01/02/2012;0639981236;93066;;0750001U
                        """.formatted(name, other, third), WINDOWS));
        page.getByLabel("Nom de la liste").fill("Rentrée " + name);
        page.getByLabel("Expéditeur").fill("Rectorat de " + name);
        page.getByLabel("Date de référence").fill(TestingUploads.DAY);
        look(page, "lists-upload", colours);
        click(page, "Envoyer le fichier");
        awaitHeading(page, "Colonnes du fichier");

        assertThat(page.locator("main").innerText())
                .contains("Windows-1252", "point-virgule", "ligne 2", "6 39 98 12 34");
        assertThat(becomes(page, "Portable élève").inputValue()).isEqualTo("TEL_JEUNE");
        becomes(page, "Observations").selectOption("DERNIERE_FORMATION");
        becomes(page, "Prénom").selectOption("NOM");
        click(page, "C'est bien ça, lire le fichier");
        page.getByText("Il reste à corriger").waitFor();
        assertThat(page.locator("#problems").innerText())
                .contains("Il manque une colonne : Prénom", "« Nom » est choisi pour plusieurs colonnes");
        look(page, "load-mapping", colours);
        assertThat(becomes(page, "Observations").inputValue()).isEqualTo("DERNIERE_FORMATION");
        becomes(page, "Prénom").selectOption("PRENOM");
        click(page, "C'est bien ça, lire le fichier");

        awaitHeading(page, "Ce que cela ferait");
        assertThat(page.locator(".balance tr", new Page.LocatorOptions().setHasText("Nouveaux"))
                        .innerText())
                .contains("2", "Zoé " + name, "ligne 3");
        assertThat(page.locator("main").innerText())
                .contains("moins de 16 ans : à transmettre à l'établissement", "zéro initial rétabli");
        look(page, "load-effect", colours);
        click(page, "Charger la liste");
        awaitHeading(page, "La liste est chargée");
        look(page, "load-done", colours);
        follow(page, "Voir la liste");
        awaitHeading(page, "Versions");
        look(page, "list", colours);

        Download rejects = page.waitForDownload(() -> follow(page, "Télécharger les rejets"));
        String corrected = Files.readString(rejects.path()).replace(";39;", ";0639981237;");
        assertThat(rejects.suggestedFilename()).matches("rejets-\\d+\\.csv");
        page.navigate("/lists");
        page.getByLabel("Fichier de la liste")
                .setInputFiles(file(rejects.suggestedFilename(), corrected, StandardCharsets.UTF_8));
        page.getByLabel("Nom de la liste").fill("corrigé");
        click(page, "Envoyer le fichier");
        page.getByText("Ce fichier est un fichier de rejets corrigé").waitFor();
        look(page, "load-rejects-again", colours);
        click(page, "Enregistrer ce choix");
        page.getByText("Nouvelle version de la liste « Rentrée " + name).waitFor();
        assertThat(becomes(page, "Observations").inputValue())
                .as("the choices of the source are kept")
                .isEqualTo("DERNIERE_FORMATION");
        click(page, "C'est bien ça, lire le fichier");
        awaitHeading(page, "Ce que cela ferait");
        assertThat(page.locator(".balance tr", new Page.LocatorOptions().setHasText("Retirés"))
                        .innerText())
                .contains("0");
        click(page, "Mettre la liste à jour");
        awaitHeading(page, "La liste est chargée");
        assertThat(uploads.people(third)).isEqualTo(1);

        second(page, other, colours);
    }

    /** The next file of the list: somebody is gone, somebody may be somebody else. */
    private void second(Page page, String other, ColorScheme colours) throws IOException {
        follow(page, "Voir la liste");
        follow(page, "Charger une nouvelle version");
        String doubtful = other.replaceFirst(".$", other.endsWith("x") ? "y" : "x");
        page.getByLabel("Fichier de la liste")
                .setInputFiles(file("novembre.csv", """
                        nom;prenom;date_naissance;tel_jeune
                        %s;Zoé;05/03/2009;0639981234
                        %s;Inès;12/11/2008;0639981235
                        """.formatted(name, doubtful), StandardCharsets.UTF_8));
        page.getByLabel("Date de référence").fill(TestingUploads.DAY);
        look(page, "lists-version", colours);
        click(page, "Envoyer le fichier");
        awaitHeading(page, "Colonnes du fichier");
        click(page, "C'est bien ça, lire le fichier");
        awaitHeading(page, "Ce que cela ferait");
        assertThat(page.locator("main").innerText()).contains("Retirés", "Douteux", "à une lettre près");
        look(page, "load-effect-of-version", colours);
        click(page, "Mettre la liste à jour");
        awaitHeading(page, "La liste est chargée");

        follow(page, "Lignes douteuses à examiner : 1");
        awaitHeading(page, "Reste à examiner : 1");
        look(page, "list-review", colours);
        page.keyboard().press("Shift+?");
        page.getByText("Touches de cette page").waitFor();
        page.keyboard().press("Escape");
        page.keyboard().press("Alt+m");
        page.getByText("C'est noté : Inès " + doubtful + ", Même personne").waitFor();
        look(page, "list-review-done", colours);
        page.keyboard().press("Alt+z");
        awaitHeading(page, "Reste à examiner : 1");
        assertThat(uploads.people(doubtful)).isZero();
        page.keyboard().press("Alt+d");
        page.getByText("Inès " + doubtful + ", Deux personnes").waitFor();
        assertThat(uploads.people(doubtful)).isEqualTo(1);

        follow(page, "Retour à la liste");
        follow(page, "Qualité de la liste");
        awaitHeading(page, "Par établissement");
        look(page, "list-quality", colours);
        follow(page, "Retour à la liste");
        follow(page, "Préparer une campagne");
        assertThat(page.getByLabel("Liste", new Page.GetByLabelOptions().setExact(true))
                        .locator("option:checked")
                        .innerText())
                .startsWith("Rentrée " + name);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void aLongFileShowsHowFarItIsAndCanBeGivenUp(ColorScheme colours) throws IOException {
        var rows = new StringBuilder("nom;prenom;date_naissance;tel_jeune\n");
        for (int i = 0; i < 150_000; i++) {
            rows.append(name)
                    .append((char) ('a' + i % 26))
                    .append(";Lina;05/03/20")
                    .append("08;0639981234\n");
        }
        Page page = signedIn(colours);
        page.navigate("/lists");
        page.getByLabel("Fichier de la liste")
                .setInputFiles(file("longue.csv", rows.toString(), StandardCharsets.UTF_8));
        page.getByLabel("Nom de la liste").fill("Longue " + name);
        click(page, "Envoyer le fichier");
        awaitHeading(page, "Colonnes du fichier");
        click(page, "C'est bien ça, lire le fichier");
        awaitHeading(page, "Lecture en cours");
        look(page, "load-reading", colours);
        page.reload();
        click(page, "Abandonner ce fichier");
        page.getByText("Ce fichier a été abandonné").waitFor();
        look(page, "load-canceled", colours);
        assertThat(uploads.people(name + "a")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void sourcesTokensAndTheirDescription(ColorScheme colours) {
        Page page = signedIn(colours);
        page.navigate("/lists/sources");
        page.getByLabel("Nouvel expéditeur : Nom").fill("Rectorat " + name);
        click(page, "Créer l'expéditeur");
        page.getByLabel("À quoi sert le nouveau jeton de Rectorat " + name).fill("SIEI");
        page.locator("section", new Page.LocatorOptions().setHasText("Rectorat " + name))
                .getByText("Créer un jeton")
                .click();
        page.locator("#token").waitFor();
        assertThat(page.locator("#token").innerText()).matches("raccroche_[A-Za-z0-9_-]{22}");
        look(page, "list-sources", colours);
        page.navigate("/lists/sources");
        assertThat(page.content()).doesNotContain("raccroche_");
        click(page, "Révoquer le jeton SIEI de Rectorat " + name);
        page.locator("section", new Page.LocatorOptions().setHasText("Rectorat " + name))
                .getByText("révoqué")
                .waitFor();
        page.navigate("/lists/api");
        look(page, "list-api", colours);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void whatWaitsForSomebodyIsFoundAgain(ColorScheme colours) {
        uploads.send(TestingList.empty().person(name).text(), Map.of("name", "Attente " + name));
        uploads.send("vide.csv", new byte[0], Map.of());
        Page page = signedIn(colours);
        page.navigate("/lists");
        Locator waiting = page.locator("#loads tr", new Page.LocatorOptions().setHasText("Attente " + name));
        assertThat(waiting.innerText()).contains("Colonnes à vérifier");
        page.getByText("Derniers fichiers reçus").click();
        look(page, "lists", colours);
        page.locator("details tr", new Page.LocatorOptions().setHasText("vide.csv"))
                .first()
                .getByRole(AriaRole.LINK)
                .click();
        awaitHeading(page, "Le fichier n'a pas été chargé");
        look(page, "load-refused", colours);
        page.goBack();
        page.locator("#loads tr", new Page.LocatorOptions().setHasText("Attente " + name))
                .getByText("Continuer")
                .click();
        awaitHeading(page, "Colonnes du fichier");
    }
}
