/** Tests of the platform. */
@NullMarked
package fr.raccroche.platform;

import org.jspecify.annotations.NullMarked;
