package fr.raccroche.personal;

/** What youths can say on their page. */
public enum ReportKind {
    CALL,
    SOLUTION,
    NUMBER,
    OBJECTION
}
