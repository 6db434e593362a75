@NullMarked
package fr.raccroche.list.table;

import org.jspecify.annotations.NullMarked;
