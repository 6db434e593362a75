/** Tests of {@code fr.raccroche.sms}. */
@NullMarked
package fr.raccroche.sms;

import org.jspecify.annotations.NullMarked;
