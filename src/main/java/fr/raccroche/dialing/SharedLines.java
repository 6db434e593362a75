package fr.raccroche.dialing;

/**
 * Lines of a campaign that are nobody's yet.
 *
 * @param answered somebody is there already and needs an agent
 */
record SharedLines(int ringing, int answered) {

    static final SharedLines NONE = new SharedLines(0, 0);
}
