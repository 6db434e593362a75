package fr.raccroche.queue;

/**
 * What ends with a place in a queue, whoever brings a final state about: the call that was promised and the texts that were
 * planned. Every statement that writes a final state ends with this one.
 *
 * <p>Two texts outlive it. Who was never reached may still be told so. And whoever is no longer on the list may be back on
 * it tomorrow: the rules for texts hold back what is theirs until then.
 */
final class Leaving {

    private Leaving() {}

    /**
     * The rest of a statement, at {@code :now}.
     *
     * @param left rows with {@code campaign_id}, {@code youth_id} and the final {@code state}
     */
    static String of(String left) {
        return """
                promise_ended as (
                    update callback b set done_at = :now from %1$s l
                    where b.campaign_id = l.campaign_id and b.youth_id = l.youth_id and b.done_at is null)
                update text_plan t set state = 'DROPPED', settled_at = :now,
                       reason = case l.state when 'OBJECTED' then 'OBJECTION' else 'SETTLED' end
                from %1$s l
                where t.campaign_id = l.campaign_id and t.youth_id = l.youth_id and t.state = 'PLANNED'
                  and l.state <> 'WITHDRAWN' and not (l.state = 'UNREACHABLE' and t.kind = 'FALLBACK')""".formatted(left);
    }
}
