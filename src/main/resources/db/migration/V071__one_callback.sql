-- A youth is promised one call, whichever campaigns they are in: of several that are open the next one stands.
update callback b set done_at = b.created_at
 where b.done_at is null
   and exists (select from callback o where o.youth_id = b.youth_id and o.done_at is null
                  and (o.due_at, o.id) < (b.due_at, b.id));
drop index callback_open;
create unique index callback_open on callback (youth_id) where done_at is null;
