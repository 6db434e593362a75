package fr.raccroche.simulator;

import org.jspecify.annotations.Nullable;

/**
 * Finding out whether a machine answered.
 *
 * @param messageEnd whether to wait for the end of its greeting
 * @param async whether the call goes on meanwhile
 * @param callback where the result goes; only for an asynchronous one
 */
record Detection(
        boolean messageEnd, boolean async, @Nullable String callback) {}
