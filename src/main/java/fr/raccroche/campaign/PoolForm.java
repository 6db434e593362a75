package fr.raccroche.campaign;

import fr.raccroche.campaign.CallerNumbers.Pooled;
import fr.raccroche.campaign.CallerNumbers.Warning;
import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a campaign as a form.
 *
 * @param known every number that somebody described
 */
record PoolForm(Campaign campaign, CallerNumbers pool, List<CallerNumber> known) {

    private static final int MOST = 100;

    static Uni<PoolForm> of(Sql sql, Campaign campaign) {
        return ShownNumbers.pool(sql, campaign)
                .chain(pool -> ShownNumbers.known(sql).map(known -> new PoolForm(campaign, pool, known)));
    }

    /** A closed campaign shows its numbers and takes no changes. */
    public boolean editable() {
        return campaign.state() != Campaign.State.CLOSED;
    }

    public List<Pooled> shown() {
        return pool.pool();
    }

    /** The numbers to choose from: active ones, and those that the campaign has. */
    public List<CallerNumber> choices() {
        return known.stream()
                .filter(number -> number.active() || share(number.e164()) > 0)
                .toList();
    }

    /** The number's share; 0 when it is not in the pool. */
    public int share(String e164) {
        return pool.pool().stream()
                .filter(pooled -> pooled.number().e164().equals(e164))
                .mapToInt(Pooled::share)
                .findFirst()
                .orElse(0);
    }

    public List<Warning> warnings() {
        return pool.warnings(campaign.mode(), campaign.smsSender());
    }

    /**
     * Reads the shares: 0 and nothing leave a number out.
     *
     * @throws Problem 400 when none is left or one is no share
     */
    Map<String, Integer> shares(MultivaluedMap<String, String> fields) {
        var shares = new LinkedHashMap<String, Integer>();
        var mistakes = new Mistakes();
        for (CallerNumber number : choices()) {
            String field = "share-" + number.e164();
            int share = mistakes.read(() -> written(field, fields.getFirst(field)), 0);
            if (share > 0) {
                shares.put(number.e164(), share);
            }
        }
        mistakes.refuse();
        if (shares.isEmpty()) {
            throw Problem.badRequest("no-number", "Gardez au moins un numéro : une campagne en présente toujours un.");
        }
        return shares;
    }

    private static int written(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        if (!text.strip().matches("[0-9]{1,3}") || Integer.parseInt(text.strip()) > MOST) {
            throw Problem.badRequest("bad-" + field, "Une part est un nombre entier entre 0 et 100.");
        }
        return Integer.parseInt(text.strip());
    }
}
