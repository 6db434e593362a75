package fr.raccroche.campaign;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingSupervisor;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@ApplicationTest
class CampaignPagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingSupervisor supervisor;

    @Inject
    Tokens tokens;

    @Inject
    Database database;

    @Inject
    Clock clock;

    @Test
    void aSupervisorOpensPausesAndEndsACampaign() {
        String name = "Automne " + tokens.next().substring(0, 5);
        long list = supervisor.list(name, supervisor.people(TestingSupervisor::answersItself));
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));

        page.navigate("/campaigns/new");
        page.getByLabel("Nom").fill(name);
        page.getByLabel("Liste").selectOption(Long.toString(list));
        TestingBrowser.look(page, "campaign-form");
        page.getByText("Créer la campagne").click();
        assertThat(page.locator("h1")).hasText(name);
        TestingBrowser.look(page, "campaign-draft");

        page.getByText("Démarrer").click();
        assertThat(page.getByText("En cours")).isVisible();
        TestingBrowser.look(page, "campaign-started");
        page.getByText("Mettre en pause").click();
        assertThat(page.getByText("En pause")).isVisible();
        page.getByText("Terminer", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#left-NEVER_CALLED")).containsText("Jamais appelés");
        TestingBrowser.look(page, "campaign-closing");
        page.getByText("Terminer la campagne", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.getByText("Injoignables (tableur)")).isVisible();
        TestingBrowser.look(page, "campaign-closed");
        page.navigate("/campaigns");
        TestingBrowser.look(page, "campaigns");
    }

    @Test
    void thePlanIsAPictureThatFollowsItsSettings() {
        long list = supervisor.list(
                "Plan " + tokens.next().substring(0, 5), supervisor.people(TestingSupervisor::answersItself));
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.navigate("/campaigns/new");
        page.getByLabel("Nom").fill("Plan " + tokens.next().substring(0, 5));
        page.getByLabel("Liste").selectOption(Long.toString(list));
        page.getByText("Créer la campagne").click();
        var picture = page.locator("#plan-picture");
        assertThat(picture).containsText("10 tentatives en 21 jours");
        assertThat(picture.locator("td .try")).hasCount(10);
        assertThat(picture.locator("td .try").first()).containsText("soir");
        TestingBrowser.look(page, "campaign-plan");

        page.getByText("Changer le plan").click();
        page.getByLabel("Étalement au moins sur").fill("35");
        page.getByLabel("Jours sans appel").fill("26/11/2026");
        page.getByLabel("Moment du premier appel").selectOption("MORNING");
        assertThat(picture).containsText("10 tentatives en 35 jours");
        assertThat(picture.locator(".plan-blocked")).containsText("sans appel");
        assertThat(picture.locator("td .try").first()).containsText("matin");
        TestingBrowser.look(page, "campaign-plan-changing");
        page.getByLabel("Part du soir").fill("7");
        page.getByLabel("Sans réponse").fill("28");
        assertThat(page.getByText("Le poids d'un moment ne peut pas dépasser")).isVisible();

        page.getByLabel("Part du soir").fill("4");
        page.getByText("Garder ce plan", new Page.GetByTextOptions().setExact(true))
                .click();
        page.getByText("Changer le plan").click();
        assertThat(page.getByLabel("Étalement au moins sur")).hasValue("35");
        assertThat(page.getByLabel("Sans réponse")).hasValue("28");
        assertThat(page.getByLabel("Jours sans appel")).hasValue("26/11/2026");
        assertThat(picture).containsText("10 tentatives en 35 jours");
    }

    @Test
    void aSupervisorDecidesHowCallsAreConducted() {
        String name = "Modes " + tokens.next().substring(0, 5);
        long list = supervisor.list(name, supervisor.people(TestingSupervisor::answersItself));
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.navigate("/campaigns/new");
        page.getByLabel("Nom").fill(name);
        page.getByLabel("Liste").selectOption(Long.toString(list));
        page.getByText("Créer la campagne").click();
        assertThat(page.getByText("Décrochés sans agent")).isVisible();

        page.getByText("Changer : Déroulement des appels").click();
        assertThat(page.locator("h1")).hasText("Déroulement des appels");
        assertThat(page.getByLabel("Message laissé sur un répondeur")).hasValue(Pattern.compile("01 99 00 01 00"));
        TestingBrowser.look(page, "campaign-mode");

        page.getByLabel("Message laissé sur un répondeur").fill("Message aux décrocheurs.");
        page.getByText("Garder ces réglages").click();
        assertThat(page.locator("#mistakes")).isFocused();
        assertThat(page.locator("#mistake-voicemail")).containsText("Ne dites pas pourquoi vous appelez");
        assertThat(page.getByLabel("Message laissé sur un répondeur")).hasValue("Message aux décrocheurs.");
        assertThat(page).hasTitle(Pattern.compile("^Erreur : "));
        TestingBrowser.look(page, "campaign-mode-refused");

        page.getByLabel("Lecture du dossier avant l'appel").check();
        page.getByLabel("Temps pour lire le dossier").fill("90");
        page.getByLabel("Signaler les répondeurs").uncheck();
        page.getByLabel("Message laissé sur un répondeur").fill("Bonjour, rappelez-nous au 01 99 00 01 00.");
        page.getByText("Garder ces réglages").click();
        assertThat(page.getByText("Lecture du dossier avant l'appel")).isVisible();
        assertThat(page.locator("main").getByText("Enregistré.")).isVisible();
        assertThat(page.locator("#history")).containsText("Message sur répondeur");
        page.reload();
        assertThat(page.getByText("Enregistré.")).hasCount(0);
        page.getByText("Changer : Déroulement des appels").click();
        assertThat(page.getByLabel("Lecture du dossier avant l'appel")).isChecked();
        assertThat(page.getByLabel("Temps pour lire le dossier")).hasValue("90");
        assertThat(page.getByLabel("Signaler les répondeurs")).not().isChecked();
        assertThat(page.getByLabel("Message laissé sur un répondeur"))
                .hasValue("Bonjour, rappelez-nous au 01 99 00 01 00.");
    }

    @Test
    void aRunningCampaignIsEditedAndADraftIsErased() {
        String name = "Fautes " + tokens.next().substring(0, 5);
        long list = supervisor.list(name, supervisor.people(TestingSupervisor::answersItself));
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.onDialog(dialog -> dialog.accept());
        page.navigate("/campaigns/new");
        page.getByLabel("Nom").fill(name);
        page.getByLabel("Liste").selectOption(Long.toString(list));
        page.getByText("Créer la campagne").click();
        page.getByText("Effacer").click();
        assertThat(page.locator("h1")).hasText("Campagnes");
        assertThat(page.getByText(name, new Page.GetByTextOptions().setExact(true)))
                .hasCount(0);

        page.navigate("/campaigns/new");
        page.getByLabel("Nom").fill(name);
        page.getByLabel("Liste").selectOption(Long.toString(list));
        page.getByText("Créer la campagne").click();
        page.getByText("Démarrer").click();
        page.getByText("Modifier").click();
        assertThat(page.getByText("Déjà commencée.")).isVisible();
        TestingBrowser.look(page, "campaign-edit");
        page.getByLabel("Nom").fill(name + " bis");
        page.getByLabel("sam.").check();
        page.getByLabel("Seconde plage, à").fill("12:00");
        page.getByLabel("Au", new Page.GetByLabelOptions().setExact(true)).fill("2026-01-01");
        page.getByText("Enregistrer").click();
        assertThat(page.locator("#mistakes li")).hasCount(2);
        assertThat(page.getByLabel("Nom")).hasValue(name + " bis");
        assertThat(page.getByLabel("sam.")).isChecked();
        TestingBrowser.look(page, "campaign-edit-refused");
        page.getByLabel("Seconde plage, à").fill("19:00");
        page.getByLabel("Au", new Page.GetByLabelOptions().setExact(true)).fill("2027-01-15");
        page.getByText("Enregistrer").click();

        assertThat(page.locator("h1")).hasText(name + " bis");
        assertThat(page.getByText("Enregistré.")).isVisible();
        assertThat(page.locator("#history")).containsText("Jours et heures d'appel");
        assertThat(page.locator("#history")).containsText("15 janvier 2027");
        TestingBrowser.look(page, "campaign-edited");
        page.getByText("Terminer").click();
        assertThat(page.getByText("Modifier")).hasCount(0);
        assertThat(page.getByText("Changer")).hasCount(0);
    }

    @Test
    void aSupervisorSeesHowManyLinesRing() {
        var campaign = new TestingQueue(database, clock.instant());
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.navigate("/campaigns/" + campaign.id() + "/mode");
        page.getByLabel("Automatique, par rafales").check();
        page.getByLabel("Part acceptée de décrochés sans agent").fill("1,5");
        page.getByText("Garder ces réglages").click();
        page.getByText("Changer : Déroulement des appels").click();
        assertThat(page.getByLabel("Automatique, par rafales")).isChecked();
        assertThat(page.getByLabel("Part acceptée de décrochés sans agent")).hasValue("1,5");
        assertThat(page.getByText("il faut cent appels à cette heure")).isVisible();
        TestingBrowser.look(page, "campaign-burst-unknown");

        campaign.rang(400, 60, clock.instant().minus(Duration.ofDays(1)));
        page.reload();
        assertThat(page.locator(".burst-lines caption")).containsText("18,9");
        assertThat(page.locator(".burst-lines tr").last().locator("td").first()).hasText("1");
        assertThat(page.locator(".burst-lines tr").last().locator("td").last()).hasText("59");
        TestingBrowser.look(page, "campaign-burst");
    }
}
