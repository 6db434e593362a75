/** Tests of handoff. */
@NullMarked
package fr.raccroche.handoff;

import org.jspecify.annotations.NullMarked;
