package fr.raccroche;

import org.junit.platform.suite.api.IncludePackages;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Tests on the running application that wait for calls and texts. {@link DeskPart} and {@link FormsPart} have the others;
 * they and the {@code *IT} run in alphabetical order, two at a time, each in a process of its own.
 */
@Suite
@SelectPackages(CallsPart.ALL)
@IncludePackages({CallsPart.DIALING, CallsPart.INBOUND})
@IncludeTags(ApplicationTest.TAG)
class CallsPart {

    static final String ALL = "fr.raccroche";
    static final String DIALING = "fr.raccroche.dialing";
    static final String INBOUND = "fr.raccroche.inbound";
}
