/** From an agreement on the phone to a structure that calls back within 15 days, and the lists of those never reached. */
@NullMarked
package fr.raccroche.handoff;

import org.jspecify.annotations.NullMarked;
