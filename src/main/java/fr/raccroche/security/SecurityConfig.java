package fr.raccroche.security;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Settings of sign-in. */
@ConfigMapping(prefix = "raccroche.security")
interface SecurityConfig {

    /**
     * @return accounts that exist in the demo, one an entry: {@code ROLE email password [display name] [KIND:structure
     *     code]}; ignored outside the demo
     */
    Optional<List<String>> demoAccounts();
}
