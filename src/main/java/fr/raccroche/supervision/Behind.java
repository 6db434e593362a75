package fr.raccroche.supervision;

/** Whom a number of the wallboard counts, as a condition on {@code campaign_youth cy}. */
enum Behind {
    ALL("Tous les jeunes", "true"),
    STATE("", "cy.state = :state"),
    DUE("À appeler maintenant", "cy.next_attempt_at <= :now"),
    IN_FLIGHT(
            "Appels en cours",
            "exists (select 1 from call_attempt a where a.campaign_id = cy.campaign_id and a.youth_id = cy.youth_id"
                    + " and a.closed_at is null)"),
    CALLBACKS("Rappels demandés", callback("")),
    REPLIES("Réponses par SMS à rappeler", callback(" and b.reason = 'SMS_REPLY'")),
    CALLED("Jeunes appelés", "cy.attempts > 0"),
    CALLED_AT("Appels d'aujourd'hui", attempted("true")),
    REACHED_AT("Jeunes joints aujourd'hui", attempted("t.reached")),
    REFERRED(
            "Mises en relation",
            "exists (select 1 from outcome o where o.campaign_id = cy.campaign_id and o.youth_id = cy.youth_id"
                    + " and o.kind = 'REFERRAL')");

    private final String label;
    private final String condition;

    Behind(String label, String condition) {
        this.label = label;
        this.condition = condition;
    }

    public String label() {
        return label;
    }

    String condition() {
        return condition;
    }

    private static String callback(String more) {
        return "exists (select 1 from callback b where b.campaign_id = cy.campaign_id and b.youth_id = cy.youth_id"
                + " and b.done_at is null" + more + ")";
    }

    private static String attempted(String how) {
        return "exists (select 1 from counted_attempt t where t.campaign_id = cy.campaign_id and t.youth_id = cy.youth_id"
                + " and t.planned_at >= :from and t.planned_at < :to and " + how + ")";
    }
}
