/** Tests of {@code fr.raccroche.list}. */
@NullMarked
package fr.raccroche.list;

import org.jspecify.annotations.NullMarked;
