package fr.raccroche.sms;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@ApplicationTest
class TextPagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    Database database;

    private Page open(TestingQueue campaign) {
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.navigate("/campaigns/" + campaign.id());
        page.getByText("Régler les SMS").click();
        return page;
    }

    @Test
    void aSupervisorWritesTheTexts() {
        var campaign = new TestingQueue(database, TestingNode.OPENING);
        campaign.run("update campaign set caller_number = '+33199000100' where id = :id", Map.of("id", campaign.id()));
        Page page = open(campaign);
        assertThat(page.locator("h1")).hasText("SMS de la campagne");
        assertThat(page.getByLabel("Envoyer ce SMS").nth(1)).isChecked();
        TestingBrowser.look(page, "texts");

        page.locator("#on-ANNOUNCEMENT").check();
        page.locator("#text-ANNOUNCEMENT").fill("Bonjour {prenom}, être là à 10 h ? {lien}");
        Locator card = page.locator("[data-card=ANNOUNCEMENT]");
        assertThat(card.locator("[data-preview]")).containsText("Bonjour Lina, être là");
        assertThat(card.locator("[data-forced]")).isVisible();
        assertThat(card.locator("[data-forcing]")).hasText("ê");
        TestingBrowser.look(page, "texts-changing");

        page.locator("#text-FALLBACK").fill("Bonjour {nom} STOP");
        page.getByText("Garder ces SMS").click();
        assertThat(page.locator("#mistake-text-FALLBACK")).containsText("« {nom} » n'est pas un champ");
        assertThat(page.locator("#text-FALLBACK")).hasValue("Bonjour {nom} STOP");
        assertThat(page.locator("[data-card=FALLBACK] [data-preview]")).containsText("{nom}");
        assertThat(page.locator("#on-ANNOUNCEMENT")).isChecked();
        TestingBrowser.look(page, "texts-refused");
        page.locator("#text-ANNOUNCEMENT").fill("Bonjour {prenom} STOP");
        page.locator("#text-FALLBACK").fill("Rappelez le {numero}");
        page.locator("#fallbackAfter").fill("2 5");
        page.getByText("Garder ces SMS").click();

        assertThat(page.locator("#text-ANNOUNCEMENT")).hasValue("Bonjour {prenom} STOP");
        assertThat(page.locator("#on-ANNOUNCEMENT")).isChecked();
        assertThat(page.locator("#fallbackAfter")).hasValue("2, 5");
        assertThat(page.locator("[data-card=FALLBACK] [data-preview]")).hasText("Rappelez le 01 99 00 01 00");
        assertThat(campaign.<Integer>ask(
                        "select announce_hours from campaign where id = :id",
                        Map.of("id", campaign.id()),
                        row -> row.integer("announce_hours")))
                .isEqualTo(3);
    }

    /** The page counts as the server does, whatever is typed. */
    @Test
    void thePageCountsAsTheServerDoes() {
        Page page = open(new TestingQueue(database, TestingNode.OPENING));
        Locator card = page.locator("[data-card=VOICEMAIL]");
        for (String text : List.of(
                "a",
                "a".repeat(160),
                "a".repeat(161),
                "é€".repeat(70),
                "a" + "€".repeat(152),
                "ê".repeat(70),
                "ê".repeat(71),
                "ç" + "😀".repeat(33) + "b",
                "😀".repeat(66),
                "😀".repeat(67),
                "l’heure [~] {prenom",
                "ligne\nligne",
                "œuvre Île œ")) {
            card.locator("textarea").fill(text);
            TextLength length = TextLength.of(text);

            assertThat(List.of(
                            card.locator("[data-units]").textContent(),
                            card.locator("[data-segments]").textContent(),
                            card.locator("[data-room]").textContent(),
                            card.locator("[data-cost]").textContent(),
                            card.locator("[data-forcing]").textContent()))
                    .as(text)
                    .containsExactly(
                            String.valueOf(length.units()),
                            String.valueOf(length.segments()),
                            String.valueOf(length.room()),
                            TextForm.euros(length.cost(80)),
                            String.join(" ", length.forcing()));
        }
    }

    @Test
    void fieldsCountAsWhatTheyBring() {
        Page page = open(new TestingQueue(database, TestingNode.OPENING));
        Locator card = page.locator("[data-card=REMINDER]");
        String before = card.locator("[data-length]").textContent();
        String preview = card.locator("[data-preview]").textContent();

        card.locator("textarea").press("End");
        card.locator("textarea").press("x");
        card.locator("textarea").press("Backspace");

        assertThat(card.locator("[data-preview]").textContent()).isEqualTo(preview);
        assertThat(card.locator("[data-length]").textContent()).isEqualTo(before);
    }
}
