package fr.raccroche.list;

import java.util.List;

/** One line of the balance of a load. */
record BalanceLine(String label, String count, String hint, List<Example> examples) {

    /** One person in an example. */
    record Example(String name, String detail) {}
}
