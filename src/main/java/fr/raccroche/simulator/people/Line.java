package fr.raccroche.simulator.people;

/** A phone line that leads, or does not lead, to the youth. */
public record Line(String number, Owner owner, Condition condition, Reach reach, boolean voicemail) {}
