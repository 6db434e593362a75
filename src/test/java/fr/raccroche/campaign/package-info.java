/** Tests of {@code fr.raccroche.campaign}. */
@NullMarked
package fr.raccroche.campaign;

import org.jspecify.annotations.NullMarked;
