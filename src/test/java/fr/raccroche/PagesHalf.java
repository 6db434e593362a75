package fr.raccroche;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Tests on the running application that are not in {@link NetworkHalf}. Both run side by side, each on its own. */
@Suite
@SelectPackages(NetworkHalf.ALL)
@ExcludePackages({NetworkHalf.DIALING, NetworkHalf.INBOUND})
@IncludeTags(ApplicationTest.TAG)
class PagesHalf {}
