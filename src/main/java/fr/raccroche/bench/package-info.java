/** Measures against raw PostgreSQL on the same machine. Nobody imports it. */
@NullMarked
package fr.raccroche.bench;

import org.jspecify.annotations.NullMarked;
