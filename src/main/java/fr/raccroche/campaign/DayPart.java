package fr.raccroche.campaign;

/** A part of the day among which attempts rotate; where each begins is a setting of the campaign. */
public enum DayPart {
    MORNING,
    AFTERNOON,
    EVENING
}
