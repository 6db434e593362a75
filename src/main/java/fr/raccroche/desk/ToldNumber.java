package fr.raccroche.desk;

import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Prefixes;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Account;
import fr.raccroche.youth.KnownNumbers;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.PhoneNumbers;
import fr.raccroche.youth.PhoneNumbers.Usable;
import fr.raccroche.youth.Telephones;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number that somebody tells the agent on the phone, new or corrected: it is called from the next attempt on. */
@ApplicationScoped
class ToldNumber {

    private final Database database;
    private final Attempts attempts;
    private final Prefixes prefixes;
    private final Clock clock;

    ToldNumber(Database database, Attempts attempts, Prefixes prefixes, Clock clock) {
        this.database = database;
        this.attempts = attempts;
        this.prefixes = prefixes;
        this.clock = clock;
    }

    /** Adds it to the file in hand; fails with 400 when it is no number we may call, or nobody's. */
    Uni<Void> add(Account agent, long attemptId, @Nullable String written, @Nullable String whose) {
        var mistakes = new Mistakes();
        Usable number = PhoneNumbers.read(written == null ? "" : written) instanceof Usable usable
                        && prefixes.allow(usable.e164())
                ? usable
                : null;
        mistakes.addIf(number == null, "number", "Ce numéro n'est pas complet, ou nous ne pouvons pas l'appeler.");
        Optional<NumberOwner> owner = Arrays.stream(NumberOwner.values())
                .filter(one -> one.name().equals(whose))
                .findFirst();
        mistakes.addIf(owner.isEmpty(), "owner", "Dites à qui est ce numéro.");
        mistakes.refuse();
        return number == null ? Uni.createFrom().voidItem() : add(agent, attemptId, number, owner.orElseThrow());
    }

    private Uni<Void> add(Account agent, long attemptId, Usable number, NumberOwner owner) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.heldBy(sql, agent.id())
                .map(attempt -> {
                    if (attempt == null || attempt.id() != attemptId) {
                        throw Problem.notFound("Cet appel n'est pas, ou n'est plus, le vôtre.");
                    }
                    return attempt;
                })
                .chain(attempt -> Telephones.confirm(sql, number.e164(), now)
                        .chain(() -> KnownNumbers.addTold(
                                sql, attempt.youthId(), number.e164(), owner, number.mobile(), now))));
    }
}
