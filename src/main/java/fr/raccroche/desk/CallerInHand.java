package fr.raccroche.desk;

import fr.raccroche.dialing.InboundCalls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who rang, and nobody knows yet whom it is about.
 *
 * @param number null when it is hidden
 * @param over whether they hung up
 * @param files youths under this number
 */
public record CallerInHand(long id, @Nullable String number, boolean over, List<InboundCalls.PossibleYouth> files) {}
