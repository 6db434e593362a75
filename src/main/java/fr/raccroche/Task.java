package fr.raccroche;

/** What the node is started for. */
enum Task {
    RUN,
    SIMULATE
}
