/** The only package that knows Twilio voice: placing and reading calls, signed webhooks, TwiML, access tokens. */
@NullMarked
package fr.raccroche.telephony;

import org.jspecify.annotations.NullMarked;
