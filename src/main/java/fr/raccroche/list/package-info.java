/** Lists of presumed dropouts: files in, rows checked, people matched, rejects given back. */
@NullMarked
package fr.raccroche.list;

import org.jspecify.annotations.NullMarked;
