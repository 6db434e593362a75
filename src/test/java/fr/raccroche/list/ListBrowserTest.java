package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists in a browser: from a school office's file to people worth calling, and back. */
@ApplicationTest
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

    private Page signedIn() {
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.setDefaultTimeout(PATIENCE);
        page.onDialog(dialog -> dialog.accept());
        return page;
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

    @Test
    void fromTheFileOfASchoolOfficeToPeopleWorthCallingAndBack() throws IOException {
        String other = uploads.name();
        String third = uploads.name();
        Page page = signedIn();
        page.navigate("/lists/columns");
        TestingBrowser.look(page, "list-columns");

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
        TestingBrowser.look(page, "lists-upload");
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
        TestingBrowser.look(page, "load-mapping");
        assertThat(becomes(page, "Observations").inputValue()).isEqualTo("DERNIERE_FORMATION");
        becomes(page, "Prénom").selectOption("PRENOM");
        click(page, "C'est bien ça, lire le fichier");

        awaitHeading(page, "Ce que cela ferait");
        assertThat(page.locator(".balance tr", new Page.LocatorOptions().setHasText("Nouveaux"))
                        .innerText())
                .contains("2", "Zoé " + name, "ligne 3");
        assertThat(page.locator("main").innerText())
                .contains("moins de 16 ans : à transmettre à l'établissement", "zéro initial rétabli");
        TestingBrowser.look(page, "load-effect");
        click(page, "Charger la liste");
        awaitHeading(page, "La liste est chargée");
        TestingBrowser.look(page, "load-done");
        follow(page, "Voir la liste");
        awaitHeading(page, "Versions");
        TestingBrowser.look(page, "list");

        Download rejects = page.waitForDownload(() -> follow(page, "Télécharger les rejets"));
        String corrected = Files.readString(rejects.path()).replace(";39;", ";0639981237;");
        assertThat(rejects.suggestedFilename()).matches("rejets-\\d+\\.csv");
        page.navigate("/lists");
        page.getByLabel("Fichier de la liste")
                .setInputFiles(file(rejects.suggestedFilename(), corrected, StandardCharsets.UTF_8));
        page.getByLabel("Nom de la liste").fill("corrigé");
        click(page, "Envoyer le fichier");
        page.getByText("Ce fichier est un fichier de rejets corrigé").waitFor();
        TestingBrowser.look(page, "load-rejects-again");
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

        second(page, other);
    }

    /** The next file of the list: somebody is gone, somebody may be somebody else. */
    private void second(Page page, String other) throws IOException {
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
        TestingBrowser.look(page, "lists-version");
        click(page, "Envoyer le fichier");
        awaitHeading(page, "Colonnes du fichier");
        click(page, "C'est bien ça, lire le fichier");
        awaitHeading(page, "Ce que cela ferait");
        assertThat(page.locator("main").innerText()).contains("Retirés", "Douteux", "à une lettre près");
        TestingBrowser.look(page, "load-effect-of-version");
        click(page, "Mettre la liste à jour");
        awaitHeading(page, "La liste est chargée");

        follow(page, "Lignes douteuses à examiner : 1");
        awaitHeading(page, "Reste à examiner : 1");
        TestingBrowser.look(page, "list-review");
        page.keyboard().press("Shift+?");
        page.getByText("Touches de cette page").waitFor();
        page.keyboard().press("Escape");
        page.keyboard().press("Alt+m");
        page.getByText("C'est noté : Inès " + doubtful + ", Même personne").waitFor();
        TestingBrowser.look(page, "list-review-done");
        page.keyboard().press("Alt+z");
        awaitHeading(page, "Reste à examiner : 1");
        assertThat(uploads.people(doubtful)).isZero();
        page.keyboard().press("Alt+d");
        page.getByText("Inès " + doubtful + ", Deux personnes").waitFor();
        assertThat(uploads.people(doubtful)).isEqualTo(1);

        follow(page, "Retour à la liste");
        follow(page, "Qualité de la liste");
        awaitHeading(page, "Par établissement");
        TestingBrowser.look(page, "list-quality");
        follow(page, "Retour à la liste");
        follow(page, "Préparer une campagne");
        assertThat(page.getByLabel("Liste", new Page.GetByLabelOptions().setExact(true))
                        .locator("option:checked")
                        .innerText())
                .startsWith("Rentrée " + name);
    }

    @Test
    void aLongFileShowsHowFarItIsAndCanBeGivenUp() throws IOException {
        var rows = new StringBuilder("nom;prenom;date_naissance;tel_jeune\n");
        for (int i = 0; i < 150_000; i++) {
            rows.append(name)
                    .append((char) ('a' + i % 26))
                    .append(";Lina;05/03/20")
                    .append("08;0639981234\n");
        }
        Page page = signedIn();
        page.navigate("/lists");
        page.getByLabel("Fichier de la liste")
                .setInputFiles(file("longue.csv", rows.toString(), StandardCharsets.UTF_8));
        page.getByLabel("Nom de la liste").fill("Longue " + name);
        click(page, "Envoyer le fichier");
        awaitHeading(page, "Colonnes du fichier");
        click(page, "C'est bien ça, lire le fichier");
        awaitHeading(page, "Lecture en cours");
        TestingBrowser.look(page, "load-reading");
        page.reload();
        click(page, "Abandonner ce fichier");
        page.getByText("Ce fichier a été abandonné").waitFor();
        TestingBrowser.look(page, "load-canceled");
        assertThat(uploads.people(name + "a")).isZero();
    }

    @Test
    void sourcesTokensAndTheirDescription() {
        Page page = signedIn();
        page.navigate("/lists/sources");
        page.getByLabel("Nouvel expéditeur : Nom").fill("Rectorat " + name);
        click(page, "Créer l'expéditeur");
        page.getByLabel("À quoi sert le nouveau jeton de Rectorat " + name).fill("SIEI");
        page.locator("section", new Page.LocatorOptions().setHasText("Rectorat " + name))
                .getByText("Créer un jeton")
                .click();
        page.locator("#token").waitFor();
        assertThat(page.locator("#token").innerText()).matches("raccroche_[A-Za-z0-9_-]{22}");
        TestingBrowser.look(page, "list-sources");
        page.navigate("/lists/sources");
        assertThat(page.content()).doesNotContain("raccroche_");
        click(page, "Révoquer le jeton SIEI de Rectorat " + name);
        page.locator("section", new Page.LocatorOptions().setHasText("Rectorat " + name))
                .getByText("révoqué")
                .waitFor();
        page.navigate("/lists/api");
        TestingBrowser.look(page, "list-api");
    }

    @Test
    void whatWaitsForSomebodyIsFoundAgain() {
        uploads.send(TestingList.empty().person(name).text(), Map.of("name", "Attente " + name));
        uploads.send("vide.csv", new byte[0], Map.of());
        Page page = signedIn();
        page.navigate("/lists");
        Locator waiting = page.locator("#loads tr", new Page.LocatorOptions().setHasText("Attente " + name));
        assertThat(waiting.innerText()).contains("Colonnes à vérifier");
        page.getByText("Derniers fichiers reçus").click();
        TestingBrowser.look(page, "lists");
        page.locator("details tr", new Page.LocatorOptions().setHasText("vide.csv"))
                .first()
                .getByRole(AriaRole.LINK)
                .click();
        awaitHeading(page, "Le fichier n'a pas été chargé");
        TestingBrowser.look(page, "load-refused");
        page.goBack();
        page.locator("#loads tr", new Page.LocatorOptions().setHasText("Attente " + name))
                .getByText("Continuer")
                .click();
        awaitHeading(page, "Colonnes du fichier");
    }
}
