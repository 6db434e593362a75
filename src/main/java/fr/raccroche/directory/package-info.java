/** Where people live and who answers for it: communes, structures, territories. */
@NullMarked
package fr.raccroche.directory;

import org.jspecify.annotations.NullMarked;
