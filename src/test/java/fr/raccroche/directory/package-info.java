/** Tests of {@code fr.raccroche.directory}. */
@NullMarked
package fr.raccroche.directory;

import org.jspecify.annotations.NullMarked;
