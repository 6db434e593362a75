package fr.raccroche.youth;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * What youths and their parents hear and read from us; the words are in {@code messages/youth.properties}, and nowhere
 * else.
 */
@MessageBundle("youth")
public interface YouthMessages {

    /** First words to somebody for whom an agent may be free in a moment. */
    String welcome();

    String patience();

    String busy();

    String closed(String hours);

    String noCampaign();

    /** What the keys do, for somebody who may be called back. */
    String keys();

    /** Asks for a message after the signal. */
    String speak();

    String calledBack();

    String heard();

    String goodbye();

    /** For somebody with whom nobody can talk, and whom nobody can call back. */
    String later();

    /** To somebody whom we called, when even their campaign is out of reach; they are owed the call. */
    String sorry();

    /** To somebody who answered and with whom no agent can talk. */
    String nobody(String number);

    /** Left on a voicemail. Whoever shares the phone may hear it: who calls, and no more. */
    String voicemail(String number);

    String script();

    String announcement();

    String fallback();

    /** After the last attempt: it offers no call. */
    String lastFallback();

    String afterVoicemail();

    String reminder();

    /** When a promised call is late because every agent talks. */
    String lateCall();

    /** The fallback that is proposed when a campaign is created, with the number it will show. */
    String firstFallback(String number);

    String pageTitle();

    String hello(String name);

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

    String thanks(String name);

    String callPromised(String moment, String number);

    String callNoted();

    String solutionNoted();

    String numberNoted();

    String objectionNoted();

    String slotTaken();

    String calledNow();

    String noCall();

    String solutionMissing();

    String numberUnreadable();

    String numbersUsed();

    String linkClosed();

    String linkClosedWhy(String service);

    String tooMany();

    String tooManyWhy();
}
