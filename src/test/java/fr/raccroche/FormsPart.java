package fr.raccroche;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Tests on the running application that are neither in {@link CallsPart} nor in {@link DeskPart}. */
@Suite
@SelectPackages(CallsPart.ALL)
@ExcludePackages({
    CallsPart.DIALING,
    CallsPart.INBOUND,
    DeskPart.DESK,
    DeskPart.EXPLAIN,
    DeskPart.HANDOFF,
    DeskPart.SECURITY,
    DeskPart.SUPERVISION
})
@IncludeTags(ApplicationTest.TAG)
class FormsPart {}
