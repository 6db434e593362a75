package fr.raccroche.desk;

/** What an agent did today. */
public record AgentDay(long calls, long talks, long referrals) {}
