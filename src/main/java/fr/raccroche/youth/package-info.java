/** Who is called: identity, age, numbers and whom they belong to, guardians, objections. */
@NullMarked
package fr.raccroche.youth;

import org.jspecify.annotations.NullMarked;
