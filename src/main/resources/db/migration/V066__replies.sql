-- Texts that came in and that nobody took notice of yet.
create index sms_message_unread on sms_message (created_at, id) where direction = 'IN' and handled_at is null;
