/** Row becomes a person: what its columns mean, and what is wrong with it. Pure. */
@NullMarked
package fr.raccroche.list.row;

import org.jspecify.annotations.NullMarked;
