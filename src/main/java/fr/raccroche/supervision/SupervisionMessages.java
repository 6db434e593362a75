package fr.raccroche.supervision;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.YouthState;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the wallboard; labels of states are in the properties. */
@MessageBundle("supervision")
interface SupervisionMessages {

    @Message
    String youths(YouthState state);

    @Message
    String presence(Agents.State state);

    @Message
    String campaign(Campaign.State state);

    @Message("Pilotage")
    String title();

    @Message("Campagnes ouvertes")
    String campaigns();

    @Message("Afficher")
    String show();

    @Message("Aucune campagne en cours. Dès qu'une campagne démarre, cette page montre en direct les appels, les agents"
            + " et ce qui attend une décision.")
    String none();

    @Message("Voir les campagnes")
    String toCampaigns();

    @Message("Jeunes joints aujourd'hui")
    String reachedToday();

    @Message("sur {attempts} appels")
    String ofAttempts(String attempts);

    @Message("Taux de contact aujourd'hui")
    String contactRate();

    @Message("des appels terminés, une personne a parlé")
    String contactRateHint();

    @Message("Mises en relation")
    String referrals();

    @Message("depuis le début de la campagne")
    String sinceStart();

    @Message("Rappels partenaires en retard")
    String overdue();

    @Message("au-delà de 15 jours")
    String overdueHint();

    @Message("Agents")
    String agents();

    @Message("Aucun agent connecté à cette campagne.")
    String noAgent();

    @Message("depuis {time}")
    String since(String time);

    @Message("Où en sont les {youths} jeunes")
    String funnel(String youths);

    @Message("Situation")
    String situation();

    @Message("Jeunes")
    String youthsColumn();

    @Message("Part")
    String share();

    @Message("Total")
    String total();

    @Message("Appels d'aujourd'hui, heure par heure")
    String today();

    @Message("Aucun appel aujourd'hui.")
    String noCallToday();

    @Message("Heure")
    String hour();

    @Message("{hour} h")
    String oClock(int hour);

    @Message("Appels")
    String calls();

    @Message("Joints")
    String reached();

    @Message("Taux de contact")
    String rate();

    @Message("En ce moment")
    String now();

    @Message("Appels en cours")
    String inFlight();

    @Message("À appeler maintenant")
    String dueNow();

    @Message("Rappels demandés")
    String callbacks();

    @Message("Appels comptés en tout")
    String attempts();

    @Message("À traiter")
    String toDo();

    @Message("Rien n'attend de décision.")
    String nothing();

    @Message("Twilio ne prend plus les appels. Les numérotations attendent et reprendront seules.")
    String telephonyDown();

    @Message("Mettre la campagne en pause")
    String toPause();

    @Message("mise en relation sans rappel après 15 jours")
    String overdueOne();

    @Message("mises en relation sans rappel après 15 jours")
    String overdueMany();

    @Message("Relancer les structures")
    String toOverdue();

    @Message("mise en relation sans structure")
    String unroutedOne();

    @Message("mises en relation sans structure")
    String unroutedMany();

    @Message("Choisir une structure")
    String toUnrouted();

    @Message("réponse par SMS à rappeler")
    String repliesOne();

    @Message("réponses par SMS à rappeler")
    String repliesMany();

    @Message("Voir la campagne")
    String toReplies();
}
