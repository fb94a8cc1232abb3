-- Somebody who is erased, and a conversation of somebody.
INSERT INTO person (id, organisation_id, name, folded, is_administrator, erased_at) VALUES (9, 1, '', '', false, '2024-02-05 08:30:00.000000+00:00');
UPDATE conversation SET speaker = 'slack:T1:U7' WHERE id = 1;
