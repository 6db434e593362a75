@NullMarked
package fr.raccroche.inbound;

import org.jspecify.annotations.NullMarked;
