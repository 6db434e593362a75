package fr.raccroche.list;

/** What an example is given of. */
enum SampleKind {
    NEW,
    CHANGED,
    WITHDRAWN,
    DOUBTFUL,
    FOLLOWED
}
