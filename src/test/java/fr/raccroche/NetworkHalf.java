package fr.raccroche;

import org.junit.platform.suite.api.IncludePackages;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Tests on the running application that wait for calls and texts. {@link PagesHalf} has the others. */
@Suite
@SelectPackages(NetworkHalf.ALL)
@IncludePackages({NetworkHalf.DIALING, NetworkHalf.INBOUND})
@IncludeTags(ApplicationTest.TAG)
class NetworkHalf {

    static final String ALL = "fr.raccroche";
    static final String DIALING = "fr.raccroche.dialing";
    static final String INBOUND = "fr.raccroche.inbound";
}
