package fr.raccroche.desk;

import fr.raccroche.dialing.AttemptState;
import fr.raccroche.youth.NumberOwner;

/**
 * The call that an agent has in hand.
 *
 * @param machine whether Twilio thinks that a machine answered
 * @param number the number of the youth on the line; one of theirs when they hide the one from which they ring
 * @param inbound whether they rang us
 * @param hidden whether they hide their number
 */
public record CallInHand(
        long attemptId,
        String actionId,
        String number,
        NumberOwner numberOwner,
        AttemptState state,
        boolean machine,
        boolean inbound,
        boolean hidden,
        YouthInHand youth) {}
