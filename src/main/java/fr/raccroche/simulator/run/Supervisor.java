package fr.raccroche.simulator.run;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.simulator.Form;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a supervisor does in the product: lists, campaigns, the wallboard, and in a simulation the clock. */
final class Supervisor {

    private static final int LONGEST_CAMPAIGN_DAYS = 150;
    private static final String SCRIPT = "Bonjour, je vous appelle pour la Région Île-de-France, à propos de votre "
            + "situation scolaire ou professionnelle. Avez-vous quelques minutes ?";
    private static final String ANNOUNCEMENT =
            "Bonjour {prenom}, {service} va vous appeler. Choisissez quand : {lien} STOP pour refuser.";
    private static final String REMINDER =
            "Bonjour {prenom}, {service} vous appelle {date} à {heure}. STOP pour refuser.";
    private static final String TEXT = "Bonjour, la Région Île-de-France a essayé de vous joindre pour faire le point "
            + "avec vous. Nous vous rappellerons. Pour ne plus être contacté : STOP";

    private final ProductClient client;

    Supervisor(ProductClient client) {
        this.client = client;
    }

    boolean knowsList(String name) {
        for (JsonNode list : client.getJson("/lists.json")) {
            if (list.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Sends a list in, agrees to its columns and to what it does, and answers its id. */
    long uploadList(String name, LocalDate referenceDate, String csv) {
        ProductAnswer answer = client.upload(
                "/lists", Map.of("name", name, "referenceDate", referenceDate.toString()), "liste.csv", csv);
        String load = "/lists/loads/" + expect(answer, "the list").idInLocation();
        while (true) {
            JsonNode state = client.getJson(load + ".json");
            switch (state.path("state").asText()) {
                case "MAPPING" -> client.post(load + "/mapping", Map.of());
                case "PREVIEW" -> client.post(load + "/confirm", Map.of("agreed", "yes"));
                case "DONE" -> {
                    return state.path("list").asLong();
                }
                case "REFUSED", "CANCELED", "UNDONE" ->
                    throw new IllegalStateException("The product refused the list: " + state.path("refusal"));
                default -> client.pause();
            }
        }
    }

    /**
     * How a campaign is to be.
     *
     * @param announced whether a text goes out before the first calls
     * @param target share of answered calls without an agent, in percent, up to which lines ring in bursts; 0 for one
     *     line each
     * @param attempts per youth, one to ten
     */
    record Choice(String callerNumber, boolean announced, int target, int attempts) {}

    /** Creates and starts a campaign on a list. */
    long startCampaign(String name, long list, LocalDate from, Choice choice) {
        var form = new LinkedHashMap<String, String>();
        form.put("name", name);
        form.put("list", String.valueOf(list));
        form.put("startsOn", from.toString());
        form.put("endsOn", from.plusDays(LONGEST_CAMPAIGN_DAYS).toString());
        form.put("maxAttempts", Integer.toString(choice.attempts));
        form.put("callerNumber", choice.callerNumber);
        form.put("script", SCRIPT);
        form.put("smsText", TEXT);
        form.put("mode", "PROGRESSIVE");
        form.put("first", "ANY");
        form.put("opens1", "10:00");
        form.put("closes1", "13:00");
        form.put("opens2", "14:00");
        form.put("closes2", "20:00");
        String days = "&days=MON&days=TUE&days=WED&days=THU&days=FRI";
        long id = expect(client.post("/campaigns", Form.encode(form) + days), "the campaign")
                .idInLocation();
        expect(client.post("/campaigns/" + id + "/texts", texts(choice.announced)), "the texts of the campaign");
        if (choice.target > 0) {
            var bursts = Map.of("mode", "BURST", "target", Integer.toString(choice.target));
            expect(client.post("/campaigns/" + id + "/mode", bursts), "the way calls are placed");
        }
        expect(client.post("/campaigns/" + id + "/start", Map.of()), "the start of the campaign");
        return id;
    }

    /** The fallback and reminders; an announcement, for which first calls wait an hour. */
    private static Map<String, String> texts(boolean announced) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("on-FALLBACK", "on");
        texts.put("on-REMINDER", "on");
        texts.put("text-REMINDER", REMINDER);
        if (announced) {
            texts.put("on-ANNOUNCEMENT", "on");
            texts.put("text-ANNOUNCEMENT", ANNOUNCEMENT);
            texts.put("ANNOUNCE_BEFORE", "1");
        }
        return texts;
    }

    void close(long campaign) {
        expect(client.post("/campaigns/" + campaign + "/close", Map.of()), "the end of the campaign");
    }

    JsonNode state(long campaign) {
        return client.getJson("/supervision/state?campaign=" + campaign);
    }

    /** Reads each text that waits for it: calls go on, not before the hour that it names. Returns whether any did. */
    boolean readTexts() {
        boolean any = false;
        for (JsonNode text : client.getJson("/messages/texts.json")) {
            expect(
                    client.post("/messages/texts/" + text.path("id").asLong() + "/handled", Map.of("decision", "READ")),
                    "the reading of a text");
            any = true;
        }
        return any;
    }

    /** Decides about each number that waits for it, always the same: it is left alone. Returns whether any did. */
    boolean decideNumbers() {
        boolean any = false;
        for (JsonNode number : client.getJson("/telephones.json")) {
            expect(
                    client.post(
                            "/telephones/kept",
                            Map.of("e164", number.path("e164").asText())),
                    "a decision");
            any = true;
        }
        return any;
    }

    void setClock(Instant to) {
        expect(client.post("/simulation/clock", Map.of("to", to.toString())), "the jump of the clock");
    }

    /** INE of every youth for whom the campaign made a handoff. */
    Set<String> handedOff(long campaign) {
        var ines = new HashSet<String>();
        for (JsonNode handoff : client.getJson("/handoffs.json?campaign=" + campaign)) {
            ines.add(handoff.path("ine").asText());
        }
        return ines;
    }

    String trouble() {
        return client.trouble();
    }

    private static ProductAnswer expect(ProductAnswer answer, String what) {
        if (!answer.isSuccess()) {
            String body = answer.body().length() > 500 ? answer.body().substring(0, 500) : answer.body();
            throw new IllegalStateException(
                    "The product refused " + what + ": HTTP " + answer.status() + " " + List.of(body));
        }
        return answer;
    }
}
