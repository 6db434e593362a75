package fr.raccroche.dialing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The rules and prefixes of this node, as it is configured. */
@ApplicationScoped
class ConfiguredRules {

    @Produces
    @Singleton
    CallingRules rules(DialingConfig config) {
        return new CallingRules(config.margin());
    }

    @Produces
    @Singleton
    Prefixes prefixes(DialingConfig config) {
        return new Prefixes(config.prefixes());
    }
}
