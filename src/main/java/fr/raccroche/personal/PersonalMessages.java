package fr.raccroche.personal;

import fr.raccroche.youth.Solution;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of a youth's own page; French in {@code messages/personal.properties}. */
@MessageBundle("personal")
interface PersonalMessages {

    String title();
    String hello(String name);
    String thanks(String name);
    String intro(String service);
    String call();
    String callOther();
    String callAt(String moment);
    String when();
    String callMe();
    String solution();
    String solutionOpen();
    String solutionWhich();
    String is(Solution solution);
    String number();
    String numberOpen();
    String numberNew();
    String send();
    String stop();
    String stopMe();
    String stopSure();
    String stopMeans(String service);
    String stopYes();
    String stopNo();
    String objectedAlready();
    String ring(String number);
    String yours();
    String back();
    String doneCall(String moment, String number);
    String done(SelfReports.Kind kind);
    String refused(SelfService.Obstacle obstacle);
    String closed();
    String closedWhy(String service);
    String tooMany();
    String tooManyWhy();
}
