package fr.raccroche.desk;

import fr.raccroche.sms.LastTexts;
import fr.raccroche.youth.Youths;
import java.util.List;

/**
 * What was before this call.
 *
 * @param texts from the youth, the last few
 * @param calls to them or from them, the latest first
 * @param siblings who share a number with them
 */
public record Past(List<LastTexts.Said> texts, List<EarlierCall> calls, List<Youths.Sibling> siblings) {}
