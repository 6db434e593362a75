package fr.raccroche.campaign;

import fr.raccroche.campaign.TextTemplate.Field;
import java.util.EnumSet;
import java.util.Set;

/** What a campaign may write to a youth about. */
public enum TextKind {
    /** Some hours before the first call: who is going to call. */
    ANNOUNCEMENT,
    /** R09: nobody was reached so far. */
    FALLBACK,
    /** The voicemail answered. */
    VOICEMAIL,
    /** The call that the youth asked for comes soon. */
    REMINDER;

    /** What its template may say. */
    public Set<Field> fields() {
        Set<Field> fields = EnumSet.allOf(Field.class);
        if (this != REMINDER) {
            fields.removeAll(Set.of(Field.DATE, Field.HEURE));
        }
        return fields;
    }
}
