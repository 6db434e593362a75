/** Everyone with a phone: who they are, what the list says of them, when they answer and what they say. */
@NullMarked
package fr.raccroche.simulator.people;

import org.jspecify.annotations.NullMarked;
