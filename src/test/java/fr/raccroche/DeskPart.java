package fr.raccroche;

import org.junit.platform.suite.api.IncludePackages;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Tests on the running application: the agent's desk, and the pages that people work with all day. */
@Suite
@SelectPackages(CallsPart.ALL)
@IncludePackages({DeskPart.DESK, DeskPart.EXPLAIN, DeskPart.HANDOFF, DeskPart.SECURITY, DeskPart.SUPERVISION})
@IncludeTags(ApplicationTest.TAG)
class DeskPart {

    static final String DESK = "fr.raccroche.desk";
    static final String EXPLAIN = "fr.raccroche.explain";
    static final String HANDOFF = "fr.raccroche.handoff";
    static final String SECURITY = "fr.raccroche.security";
    static final String SUPERVISION = "fr.raccroche.supervision";
}
