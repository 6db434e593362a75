/**
 * A Twilio look-alike with simulated people on both ends of the line; nothing in the product imports it, and it imports
 * nothing of the product.
 */
@NullMarked
package fr.raccroche.simulator;

import org.jspecify.annotations.NullMarked;
