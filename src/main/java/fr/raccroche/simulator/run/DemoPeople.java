package fr.raccroche.simulator.run;

import fr.raccroche.simulator.people.LegalHours;
import fr.raccroche.simulator.people.Manner;
import fr.raccroche.simulator.people.Population;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import org.jboss.logging.Logger;

/** Makes the demo ready to try: a sample list and a running campaign, loaded once, as a supervisor would. */
final class DemoPeople {

    static final int YOUTHS = 120;
    private static final Logger LOG = Logger.getLogger(DemoPeople.class);
    private static final String LIST = "Liste d'essai";
    private static final String CAMPAIGN = "Campagne d'essai";

    private final URI product;
    private final Credentials supervisor;
    private final String callerNumber;
    private final Population population;
    private final Clock clock;

    DemoPeople(URI product, Credentials supervisor, String callerNumber, Population population, Clock clock) {
        this.product = product;
        this.supervisor = supervisor;
        this.callerNumber = callerNumber;
        this.population = population;
        this.clock = clock;
    }

    /**
     * The same people through a whole school year, so that a restart finds them again; all of Paris, so that each
     * agreement reaches one of the demo's partners.
     */
    static Population population(long seed, LocalDate today) {
        int year = today.getMonth().compareTo(Month.SEPTEMBER) >= 0 ? today.getYear() : today.getYear() - 1;
        LocalDate start = LocalDate.of(year, Month.SEPTEMBER, 1);
        return new Population(Population.generate(seed, 10 * YOUTHS, start, Manner.TALKATIVE).personas().stream()
                .filter(persona -> persona.identity().commune().department().equals("75"))
                .limit(YOUTHS)
                .toList());
    }

    /** Loads list and campaign unless they are there. */
    void settleIn() {
        try (HttpClient http = ProductClient.newHttp()) {
            var desk = new Supervisor(new ProductClient(http, product, supervisor, () -> true));
            if (desk.knowsList(LIST)) {
                return;
            }
            LocalDate today = clock.instant().atZone(LegalHours.PARIS).toLocalDate();
            long list = desk.uploadList(LIST, today, population.csv());
            desk.startCampaign(
                    CAMPAIGN, list, today, new Supervisor.Choice(callerNumber, false, 0, RunPlan.MOST_ATTEMPTS));
            LOG.info("The sample list and its campaign are ready.");
        }
    }
}
