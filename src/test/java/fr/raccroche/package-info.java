/** Tests of the whole and of what packages share. */
@NullMarked
package fr.raccroche;

import org.jspecify.annotations.NullMarked;
