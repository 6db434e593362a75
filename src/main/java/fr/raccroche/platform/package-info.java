/** What every other package stands on: clock, database, outbox, worker pool, errors, the embedded database. */
@NullMarked
package fr.raccroche.platform;

import org.jspecify.annotations.NullMarked;
