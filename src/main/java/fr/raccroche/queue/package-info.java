/** Who waits for which call, promise and text: the one room that writes places in queues, callbacks and planned texts. */
@NullMarked
package fr.raccroche.queue;

import org.jspecify.annotations.NullMarked;
