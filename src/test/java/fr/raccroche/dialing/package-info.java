/**
 * Tests of {@code fr.raccroche.dialing}. The faults of the network are each played by the simulated one against the
 * running application.
 *
 * <pre>
 * F1   killed before the POST               KillIT
 * F2   killed before the SID was stored     KillIT
 * F3   500, 503, before and after           RequestFaultsTest
 * F4   time-out, closed, unreadable 201     RequestFaultsTest; one POST whatever happens: TwilioConnectionTest
 * F5   429 for a while                      RequestFaultsTest
 * F6   every callback several times         ReportFaultsTest; WebhookTest
 * F7   callbacks in every order             CallTrackerTest
 * F8   callbacks before our 201             ReportFaultsTest
 * F9   no callback at all                   ReportFaultsTest
 * F10  a callback a day late                ReportFaultsTest
 * F11  forged and replayed callbacks        ReportFaultsTest; WebhookTest
 * F12  the database is away                 OutageIT; what who answers meanwhile hears: AgentFaultsTest
 * F13  the answer to COMMIT is lost         FaultIT
 * F16  double click                         AgentFaultsTest; DeskTest
 * F17  two agents, one youth                AgentFaultsTest; ClaimTest; FaultIT with two nodes
 * F18  the agent is gone when somebody answers   AgentFaultsTest
 * F22  clock changes                        CallingHoursTest, DeadlineTest; KillIT and OutageIT run in Auckland's zone
 * F23  the clock jumps                      RequestFaultsTest
 * F30  STOP before our own news of a text   TextFaultsTest; StopTest
 * F31  unknown and shared numbers           TextFaultsTest
 * </pre>
 */
@NullMarked
package fr.raccroche.dialing;

import org.jspecify.annotations.NullMarked;
