@NullMarked
package fr.raccroche.list.row;

import org.jspecify.annotations.NullMarked;
