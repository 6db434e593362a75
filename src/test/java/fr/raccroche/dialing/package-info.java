/** Tests of {@code fr.raccroche.dialing}. */
@NullMarked
package fr.raccroche.dialing;

import org.jspecify.annotations.NullMarked;
