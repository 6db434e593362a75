package fr.raccroche.list;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What somebody may say about two records that resemble each other. */
@MessageBundle("review")
public interface ReviewMessages {

    @Message("Même personne")
    String same();

    @Message("Deux personnes")
    String different();
}
