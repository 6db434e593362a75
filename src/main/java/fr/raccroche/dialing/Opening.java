package fr.raccroche.dialing;

/** A youth taken for an agent, or for {@link Attempts#NOBODY} yet. */
record Opening(long youthId, long agentId, Phone phone) {}
