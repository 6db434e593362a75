/** File becomes rows: texts and workbooks in whatever form they come. No SQL, no campaign. */
@NullMarked
package fr.raccroche.list.table;

import org.jspecify.annotations.NullMarked;
