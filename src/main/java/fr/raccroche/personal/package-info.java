/** Page of the youth behind a personal link, the only door without a sign-in. */
@NullMarked
package fr.raccroche.personal;

import org.jspecify.annotations.NullMarked;
