/** Answers why a youth is called now, or is not. */
@NullMarked
package fr.raccroche.explain;

import org.jspecify.annotations.NullMarked;
