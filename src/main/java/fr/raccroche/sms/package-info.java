/** Texts out, replies in, and the STOP that ends everything. */
@NullMarked
package fr.raccroche.sms;

import org.jspecify.annotations.NullMarked;
