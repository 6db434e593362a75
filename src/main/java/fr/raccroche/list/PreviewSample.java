package fr.raccroche.list;

/**
 * One person as an example of what a load would do.
 *
 * @param line in the file, 0 for somebody it lacks
 * @param detail with CHANGED the columns that differ, separated by commas; with DOUBTFUL the doubt; else empty
 */
record PreviewSample(SampleKind kind, int line, String lastName, String firstName, String detail) {}
