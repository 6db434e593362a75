/** Tests of sign-in, sessions, rules and the frame. */
@NullMarked
package fr.raccroche.security;

import org.jspecify.annotations.NullMarked;
