package fr.raccroche.dialing;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.youth.YouthMessages;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What somebody hears before we hang up on them because nobody can talk to them, as TwiML. */
@ApplicationScoped
class LastWords {

    private final Attempts attempts;
    private final Callbacks callbacks;
    private final Campaigns campaigns;
    private final YouthMessages says;
    private final Twiml twiml;

    LastWords(Attempts attempts, Callbacks callbacks, Campaigns campaigns, YouthMessages says, Twiml twiml) {
        this.attempts = attempts;
        this.callbacks = callbacks;
        this.campaigns = campaigns;
        this.says = says;
        this.twiml = twiml;
    }

    /** For the youth of an attempt, told what follows; nobody ends the call before the last word. */
    Uni<String> to(Sql sql, Attempt attempt) {
        return isCalledAgain(sql, attempt)
                .chain(again ->
                        again ? nobodySentence(sql, attempt) : Uni.createFrom().item(says.later()))
                .call(sentence -> attempts.speak(sql, attempt.id(), Twiml.longest(sentence)))
                .map(twiml::sayAndHangUp);
    }

    /** For a caller of whom nobody knows who it is, or with whom we can do nothing. */
    String toCaller() {
        return twiml.sayAndHangUp(says.later());
    }

    /** For somebody whom we called, when nothing can be looked up. */
    String toCalled() {
        return twiml.sayAndHangUp(says.sorry());
    }

    /** Whom we called is called again anyway; who rang us, when a call is promised. */
    private Uni<Boolean> isCalledAgain(Sql sql, Attempt attempt) {
        return attempt.inbound()
                ? callbacks.dueAt(sql, attempt.campaignId(), attempt.youthId()).map(due -> due != null)
                : Uni.createFrom().item(true);
    }

    private Uni<String> nobodySentence(Sql sql, Attempt attempt) {
        return campaigns.byId(sql, attempt.campaignId()).map(Campaign::nobodyText);
    }
}
