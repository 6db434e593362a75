package fr.raccroche.security;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the frame, of sign-in and of the account pages. */
@MessageBundle("security")
public interface SecurityMessages {

    @Message("Aller au contenu")
    String skipToContent();

    @Message("Pages")
    String pages();

    @Message("Affichage : automatique")
    String theme();

    @Message("Mon compte")
    String myAccount();

    @Message("Se déconnecter")
    String signOut();
}
