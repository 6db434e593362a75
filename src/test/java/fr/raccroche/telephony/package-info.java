/** Tests of {@code fr.raccroche.telephony}. */
@NullMarked
package fr.raccroche.telephony;

import org.jspecify.annotations.NullMarked;
