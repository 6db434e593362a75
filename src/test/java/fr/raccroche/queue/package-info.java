/** Who waits for which call, and where a campaign's end leaves them. */
@NullMarked
package fr.raccroche.queue;

import org.jspecify.annotations.NullMarked;
