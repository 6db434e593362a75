package fr.raccroche.simulator.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the simulated telephone network. */
@ConfigMapping(prefix = "raccroche.simulator")
public interface SimulatorConfig {

    /** What the simulated people do besides answering the phone. */
    enum Task {
        NONE,
        /** Load a sample list and start its campaign. */
        DEMO,
        /** Work a whole campaign off, print its figures, and end the program. */
        CAMPAIGN
    }

    /**
     * Whether to open the simulated account at all; never in production, where it would take the place of real
     * telephony.
     */
    @WithDefault("false")
    boolean enabled();

    /** Port on 127.0.0.1; fixed, because the product must know it before the simulator is up. */
    @WithDefault("8089")
    int port();

    /** Account the product signs in with. */
    Optional<String> accountSid();

    /** Signs webhooks; the product must know the same. */
    Optional<String> authToken();

    /** Key that issues the softphone's tokens. */
    Optional<String> apiKeySid();

    /** At least 32 characters. */
    Optional<String> apiKeySecret();

    /** Numbers of the account, E.164; the first is shown to those called. */
    Optional<List<String>> numbers();

    /** The product's voice URL for softphones. */
    Optional<String> voiceUrl();

    /** The product's URL for texts that come in. */
    Optional<String> inboundSmsUrl();

    /** The product's URL for calls of people to its numbers; without it they cannot ring. */
    Optional<String> inboundVoiceUrl();

    /** The product's URL for the end of such calls. */
    Optional<String> inboundStatusUrl();

    /** Whether some of those who missed a call ring back. */
    @WithDefault("true")
    boolean ringsBack();

    /** Calls the account may begin per second of business time; 0 is no limit, Twilio's default is 1. */
    @WithDefault("0")
    int callsPerSecond();

    /** What goes wrong. */
    Faults faults();

    /** A bad line, in percent. */
    interface Faults {

        /** Callbacks that never come. */
        @WithDefault("0")
        int drop();

        /** Callbacks that come twice. */
        @WithDefault("0")
        int duplicate();

        /** Callbacks that the next one overtakes. */
        @WithDefault("0")
        int reorder();

        /** Callbacks beside which somebody else sends a lie. */
        @WithDefault("0")
        int forge();

        /** Requests that fail with 500, 503 or 429, several in a row. */
        @WithDefault("0")
        int bursts();
    }

    /** Decides who the people are and how each call turns out; the same seed repeats a run. */
    @WithDefault("2026")
    long seed();

    /** What to do besides answering the phone. */
    @WithDefault("none")
    Task task();

    /** Size of the list; a campaign of 1,000 takes a few minutes. The demo's list has its own size. */
    @WithDefault("1000")
    int youths();

    /** Agents who work in a campaign; at most as many as there are accounts. */
    @WithDefault("20")
    int agents();

    /** Share of answered calls without an agent, in percent, that a campaign accepts; above 0 it calls in bursts. */
    @WithDefault("0")
    int target();

    /** Campaigns at once, which share a third of the youths, and their families: one or two. */
    @WithDefault("1")
    int campaigns();

    /** Address of the product, for the people who work in it. */
    Optional<String> baseUrl();

    /** A supervisor's account, for loading lists. */
    Optional<String> supervisorEmail();

    /** The supervisor's password. */
    Optional<String> supervisorPassword();

    /** Agents' accounts, each "email password". */
    Optional<List<String>> agentAccounts();

    /**
     * How long, in business time, a person waits on a silent line. Fast business time needs more: at 600 times life a
     * tenth of a second is a minute.
     */
    @WithDefault("PT30M")
    Duration silencePatience();

    /** Where the ledger is kept over restarts; without it, in memory. */
    Optional<Path> ledgerFile();
}
