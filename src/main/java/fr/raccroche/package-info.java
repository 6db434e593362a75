/** Raccroche: calling campaigns for presumed school dropouts, from the list to the handoff. */
@NullMarked
package fr.raccroche;

import org.jspecify.annotations.NullMarked;
