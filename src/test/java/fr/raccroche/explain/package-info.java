@NullMarked
package fr.raccroche.explain;

import org.jspecify.annotations.NullMarked;
