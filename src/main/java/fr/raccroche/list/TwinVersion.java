package fr.raccroche.list;

import java.time.Instant;

/** A version that was loaded from the same bytes. */
record TwinVersion(long listId, String listName, int number, Instant loadedAt, boolean latest) {}
