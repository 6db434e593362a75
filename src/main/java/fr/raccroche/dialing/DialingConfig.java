package fr.raccroche.dialing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings of the dialer. Those called real are machine time, the others business time. */
@ConfigMapping(prefix = "raccroche.dialing")
public interface DialingConfig {

    /** @return real pause between two looks for ready agents and due youths; a nudge comes first in most cases */
    @WithDefault("1s")
    Duration tick();

    /** @return calls are decided only while the hours stay open this long, so that no phone rings after they close */
    @WithDefault("2m")
    Duration margin();

    /** @return real time a worker has to hear from Twilio before its attempt is in doubt */
    @WithDefault("30s")
    Duration lease();

    /** @return real pause between two rounds of the sweeper */
    @WithDefault("5s")
    Duration sweep();

    /** @return real silence after which Twilio is asked what became of a call */
    @WithDefault("60s")
    Duration silence();

    /** @return real time after which a call that Twilio does not know is given up as lost; above Twilio's own queueing */
    @WithDefault("2m")
    Duration grace();

    /** @return real time after which a finished call without outcome goes back to the queue when its agent is gone */
    @WithDefault("20m")
    Duration forgotten();

    /** @return real time a claimed call waits for its turn at Twilio before the youth goes back to the queue */
    @WithDefault("10s")
    Duration patience();

    /** @return real time within which a youth who answered is with an agent; who waits longer hears a sentence instead */
    @WithDefault("2s")
    Duration alone();

    /** @return real time for which a youth waits in the agent's room when the agent's line breaks off in the talk */
    @WithDefault("10s")
    Duration rejoin();

    /** @return after what time somebody is called back who rang and found nobody at the agent's line */
    @WithDefault("5m")
    Duration callsBackAfter();

    /** @return how long somebody who rings waits for an agent before a callback or a message is offered */
    @WithDefault("45s")
    Duration inboundPatience();

    /** @return real pause between two looks at Twilio while it takes no calls */
    @WithDefault("5s")
    Duration probe();

    /** @return real pause between two looks at what the ledger teaches about reaching people */
    @WithDefault("10m")
    Duration learning();

    /** @return real pause between two looks at callbacks whose agent does not come */
    @WithDefault("60s")
    Duration pooling();

    /** @return prefixes that may be called; everything else is refused, whatever a list contains */
    @WithDefault("+33,+262,+508,+590,+594,+596")
    List<String> prefixes();

    /** @return real pause between two looks at the texts that are due */
    @WithDefault("1s")
    Duration texts();
}
