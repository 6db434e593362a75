package fr.raccroche.simulator;

import fr.raccroche.simulator.people.Outcome;
import fr.raccroche.simulator.people.Question;
import fr.raccroche.simulator.people.Speaker;
import fr.raccroche.simulator.people.Voice;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The conversation between an agent and whoever picked up. It lasts until one of them leaves the conference. */
public final class Talk {

    private static final String PERSON = "Au téléphone";
    private static final String AGENT = "Vous";
    private static final String RETURNS_A_CALL = "Allô ? Vous avez essayé de me joindre.";
    private static final Duration EARLY = Duration.ofSeconds(15);
    private static final Duration PARTING = Duration.ofSeconds(1);
    private static final int LETTERS_PER_SECOND = 20;

    private final Exchange exchange;
    private final Timeline timeline;
    private final Switchboard switchboard;
    private final Headset headset;
    private final Call agent;
    private final Call person;
    private final Voice voice;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private Talk(Exchange exchange, Switchboard switchboard, Headset headset, Call agent, Call person, Voice voice) {
        this.exchange = exchange;
        this.timeline = exchange.timeline();
        this.switchboard = switchboard;
        this.headset = headset;
        this.agent = agent;
        this.person = person;
        this.voice = voice;
    }

    /** Lets an agent and a person talk as soon as both are among these legs. */
    static void beginBetween(Collection<Call> legs, Exchange exchange, Switchboard switchboard) {
        Call agent = null;
        Call person = null;
        for (Call leg : legs) {
            if (leg.headset != null) {
                agent = leg;
            } else if (leg.voice != null && leg.talk == null) {
                person = leg;
            }
        }
        if (agent != null && agent.headset != null && person != null && person.voice != null) {
            new Talk(exchange, switchboard, agent.headset, agent, person, person.voice).begin();
        }
    }

    /** Whoever talked directly with {@code call}, without a room, is alone now. */
    static void endOf(Call call) {
        for (Call leg : new @Nullable Call[] {call, call.parent, call.child}) {
            if (leg != null && leg.talk != null && leg.talk.involves(call)) {
                leg.talk.breakOff();
            }
        }
    }

    /** The number of the person, whoever rang whom. */
    public String number() {
        return person.person();
    }

    /** SID of the call to the person. */
    public String callSid() {
        return person.sid;
    }

    /** Who picked up. */
    public Speaker speaker() {
        return voice.speaker();
    }

    /** First name of the youth the number belongs to, for the agent's question. */
    String firstName() {
        return voice.persona().identity().firstName();
    }

    /** The agent asks; the person answers a moment later, and hangs up after a goodbye. */
    public void ask(Question question) {
        timeline.run(() -> {
            agentSays(question);
            String answer = voice.answer(question);
            Duration thinking = Duration.ofMillis(600 + answer.length() * 1_000L / LETTERS_PER_SECOND);
            person.plan(timeline.after(thinking, () -> reply(question, answer)));
        });
    }

    /**
     * Holds the whole interview about one youth, at the person's pace. The result is what a good agent notes; it is
     * INTERRUPTED when the call ends first. People hang up by themselves, a voicemail does not.
     *
     * @param ine the youth the agent's screen shows
     */
    public CompletableFuture<Outcome> interview(String ine) {
        timeline.run(() -> {
            Voice spoken = exchange.people()
                    .personaAt(number(), ine)
                    .map(persona -> new Voice(
                            persona, voice.speaker(), exchange.people().wasSpokenTo(persona), voice.now()))
                    .orElse(voice);
            Duration length = person.hangsUpEarly ? EARLY : spoken.length();
            agentSays(Question.SITUATION);
            personSays(spoken.answer(Question.SITUATION));
            person.plan(timeline.after(length, () -> finish(spoken)));
        });
        return outcome;
    }

    /** One of the two is gone. */
    void breakOff() {
        person.talk = null;
        headset.stopTalking(this);
        boolean unused = outcome.complete(Outcome.interrupted());
        if (!person.isOver()) {
            switchboard.waitInSilence(person);
        }
    }

    boolean involves(Call call) {
        return call.equals(agent) || call.equals(person);
    }

    private void begin() {
        person.talk = this;
        headset.talking(this);
        switchboard.stopWaiting(person);
        personSays(person.way == CallWay.INCOMING ? RETURNS_A_CALL : voice.greeting());
    }

    private void agentSays(Question question) {
        headset.hear(AGENT, question.to(firstName()));
        switchboard.conferences().spoke(agent);
    }

    private void personSays(String words) {
        headset.hear(PERSON, words);
        switchboard.conferences().spoke(person);
    }

    private void reply(Question question, String answer) {
        personSays(answer);
        if (voice.speaker() == Speaker.YOUTH && question == Question.SITUATION) {
            exchange.people().spoke(voice.persona());
        }
        if (question == Question.GOODBYE) {
            hangUp();
        }
    }

    private void finish(Voice spoken) {
        if (person.hangsUpEarly) {
            switchboard.end(person, CallStatus.COMPLETED);
            return;
        }
        if (spoken.speaker() == Speaker.YOUTH) {
            exchange.people().spoke(spoken.persona());
        }
        boolean unused = outcome.complete(spoken.outcome());
        if (spoken.speaker() != Speaker.VOICEMAIL) {
            hangUp();
        }
    }

    private void hangUp() {
        person.plan(timeline.after(PARTING, () -> switchboard.end(person, CallStatus.COMPLETED)));
    }
}
