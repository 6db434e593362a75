/** The agent's screen: presence, the youth in hand, the situation interview and its outcome. */
@NullMarked
package fr.raccroche.desk;

import org.jspecify.annotations.NullMarked;
