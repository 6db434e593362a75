/** Whom to call next, and when again: rules, plan of attempts, the attempt ledger, agents and their lines. */
@NullMarked
package fr.raccroche.dialing;

import org.jspecify.annotations.NullMarked;
