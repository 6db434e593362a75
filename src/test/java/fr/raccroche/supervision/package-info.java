/** Tests of supervision. */
@NullMarked
package fr.raccroche.supervision;

import org.jspecify.annotations.NullMarked;
