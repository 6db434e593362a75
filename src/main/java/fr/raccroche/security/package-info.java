/** Who may do what: accounts, roles, sessions, sign-in, the rules every request passes, the access log. */
@NullMarked
package fr.raccroche.security;

import org.jspecify.annotations.NullMarked;
