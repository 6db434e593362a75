package fr.raccroche.platform;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the error pages. */
@MessageBundle("platform")
public interface PlatformMessages {

    @Message("Numéro de l'erreur :")
    String failureNumber();

    @Message("Revenir à l'accueil")
    String home();
}
