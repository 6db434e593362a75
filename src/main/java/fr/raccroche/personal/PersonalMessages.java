package fr.raccroche.personal;

import fr.raccroche.youth.Solution;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of a youth's own page; French in {@code messages/personal.properties}. */
@MessageBundle("personal")
interface PersonalMessages {

    @Message
    String title();

    @Message
    String hello(String name);

    @Message
    String thanks(String name);

    @Message
    String intro(String service);

    @Message
    String call();

    @Message
    String callOther();

    @Message
    String callAt(String moment);

    @Message
    String when();

    @Message
    String callMe();

    @Message
    String solution();

    @Message
    String solutionOpen();

    @Message
    String solutionWhich();

    @Message
    String is(Solution solution);

    @Message
    String number();

    @Message
    String numberOpen();

    @Message
    String numberNew();

    @Message
    String send();

    @Message
    String stop();

    @Message
    String stopMe();

    @Message
    String stopSure();

    @Message
    String stopMeans(String service);

    @Message
    String stopYes();

    @Message
    String stopNo();

    @Message
    String objectedAlready();

    @Message
    String ring(String number);

    @Message
    String yours();

    @Message
    String back();

    @Message
    String doneCall(String moment, String number);

    @Message
    String done(SelfReports.Kind kind);

    @Message
    String refused(SelfService.Obstacle obstacle);

    @Message
    String closed();

    @Message
    String closedWhy(String service);

    @Message
    String tooMany();

    @Message
    String tooManyWhy();
}
