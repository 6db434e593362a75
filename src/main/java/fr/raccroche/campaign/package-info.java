/** What we call about: the campaign's list, script, hours, plan of attempts and the numbers it shows. */
@NullMarked
package fr.raccroche.campaign;

import org.jspecify.annotations.NullMarked;
