/** Tests of {@code fr.raccroche.youth}. */
@NullMarked
package fr.raccroche.youth;

import org.jspecify.annotations.NullMarked;
