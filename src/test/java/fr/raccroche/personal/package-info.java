@NullMarked
package fr.raccroche.personal;

import org.jspecify.annotations.NullMarked;
