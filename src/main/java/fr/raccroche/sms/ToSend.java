package fr.raccroche.sms;

/** A text waits to be sent. */
public record ToSend(long messageId) {}
