/** Calls, voice messages and texts that come in: whose they are, who answers, and what follows when nobody does. */
@NullMarked
package fr.raccroche.inbound;

import org.jspecify.annotations.NullMarked;
