/** The simulated network and its people in a running node: a sample list, agents and supervisors at work over HTTP. */
@NullMarked
package fr.raccroche.simulator.run;

import org.jspecify.annotations.NullMarked;
