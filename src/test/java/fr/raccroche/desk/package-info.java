/** Tests of {@code fr.raccroche.desk}. */
@NullMarked
package fr.raccroche.desk;

import org.jspecify.annotations.NullMarked;
