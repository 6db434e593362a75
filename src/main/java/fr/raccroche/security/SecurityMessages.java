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

    @Message("Se connecter")
    String signIn();

    @Message("Adresse électronique ou mot de passe incorrect. Vérifiez les deux, puis réessayez.")
    String signInRefused();

    @Message("Mot de passe perdu ? Votre administrateur peut vous en donner un autre.")
    String passwordLost();

    @Message("Adresse électronique")
    String email();

    @Message("Mot de passe")
    String password();

    @Message("Nom")
    String name();

    @Message("Prénom et nom")
    String firstAndLastName();

    @Message("Rôle")
    String role();

    @Message("Changer le mot de passe")
    String changePassword();

    @Message("Mot de passe actuel")
    String currentPassword();

    @Message("Nouveau mot de passe")
    String newPassword();

    @Message("Nouveau mot de passe, une seconde fois")
    String repeatPassword();

    @Message(
            "12 caractères au moins. Une phrase courte convient très bien ; chiffres et signes ne sont pas obligatoires.")
    String passwordRule();

    @Message("Ce mot de passe vous a été donné. Choisissez le vôtre pour continuer.")
    String chooseFirst();

    @Message("Le mot de passe est changé. Vos autres sessions sont fermées.")
    String passwordChanged();

    @Message("Premier administrateur")
    String firstAdmin();

    @Message("Raccroche n'a encore aucun compte. Celui-ci créera tous les autres.")
    String firstAdminExplained();

    @Message("Code affiché au démarrage du serveur")
    String firstAdminCode();

    @Message("Créer le compte administrateur")
    String createFirstAdmin();

    @Message("Comptes")
    String accounts();

    @Message("Chercher un nom, une adresse ou une structure")
    String searchAccounts();

    @Message("Chercher")
    String searchButton();

    @Message("Aucun compte ne correspond à cette recherche.")
    String noAccountFound();

    @Message("Autres pages de comptes")
    String otherPages();

    @Message("Page précédente")
    String previousPage();

    @Message("Page suivante")
    String nextPage();

    @Message("Nouveau compte")
    String newAccount();

    @Message("Créer le compte et afficher son mot de passe")
    String createAccount();

    @Message(
            "Mot de passe de {displayName} ({email}), à lui remettre. Il ne sera plus affiché et devra être changé à la première connexion.")
    String handover(String displayName, String email);

    @Message("Structure")
    String structure();

    @Message("Pour un partenaire : tapez quelques lettres, puis choisissez.")
    String structureHint();

    @Message("État")
    String state();

    @Message("Vu pour la dernière fois")
    String lastSeen();

    @Message("jamais")
    String never();

    @Message("Actions")
    String actions();

    @Message("ouvert")
    String open();

    @Message("fermé")
    String closed();

    @Message("Nouveau mot de passe")
    String resetPassword();

    @Message("Nouveau mot de passe pour {name}")
    String resetPasswordOf(String name);

    @Message("Donner un nouveau mot de passe à {name} ? L'ancien cesse aussitôt de fonctionner.")
    String confirmReset(String name);

    @Message("Fermer")
    String disable();

    @Message("Fermer le compte de {name}")
    String disableOf(String name);

    @Message("Fermer le compte de {name} ? Ses sessions s'arrêtent aussitôt.")
    String confirmDisable(String name);

    @Message("Rouvrir")
    String enable();

    @Message("Rouvrir le compte de {name}")
    String enableOf(String name);
}
