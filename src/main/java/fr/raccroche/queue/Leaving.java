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
     * The part of a statement that carries what a call settled as {@code :state} into the other open campaigns in which
     * {@code :youth} waits, with {@code :everywhere}, at {@code :now}: whom a structure follows is followed there, too; who
     * refused is left alone for {@code :leave} days, to the end of a campaign that does not last so long. Answers rows as
     * {@link #of} takes them.
     */
    static final String EVERYWHERE = """
            update campaign_youth y
               set state = case when w.waits then 'TO_CALL' when :state = 'REFERRED' then 'ALREADY_FOLLOWED'
                                else :state end,
                   next_attempt_at = case when w.waits then greatest(y.next_attempt_at, w.until) end,
                   settled_at = case when not w.waits then cast(:now as timestamptz) end,
                   priority = least(y.priority, 5), callback_agent = null
              from campaign c
             cross join lateral (
                   select u.until, :state = 'REFUSED'
                                   and c.ends_on >= cast(u.until at time zone 'Europe/Paris' as date) as waits
                     from (select cast(:now as timestamptz) + :leave * interval '1 day' as until) u) w
             where :everywhere and y.youth_id = :youth and y.campaign_id <> :campaign and c.id = y.campaign_id
               and c.state <> 'CLOSED' and y.state in ('TO_CALL', 'CALLBACK')
            returning y.campaign_id, y.youth_id, cast(:state as text) as state""";

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
