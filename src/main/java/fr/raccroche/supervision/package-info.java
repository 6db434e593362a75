/** The wallboard: what a running campaign does now, read from tables and views, and changed by nobody here. */
@NullMarked
package fr.raccroche.supervision;

import org.jspecify.annotations.NullMarked;
