-- A delivery that waits, one that is done, and one that was given up.
INSERT INTO inbox (id, delivery, kind, team, body, received_at, attempts, next_at, state, error) VALUES (1, 'Ev1', 'message', 'T1', '{}', '2024-02-05 08:30:00.000000+00:00', 1, '2024-02-05 08:32:00.000000+00:00', 'waiting', NULL);
INSERT INTO inbox (id, delivery, kind, team, body, received_at, attempts, next_at, state, error) VALUES (2, 'Ev2', 'message', 'T1', NULL, '2024-02-05 08:30:00.000000+00:00', 1, '2024-02-05 08:32:00.000000+00:00', 'done', NULL);
INSERT INTO inbox (id, delivery, kind, team, body, received_at, attempts, next_at, state, error) VALUES (3, 'Ev3', 'message', 'T1', '{}', '2024-02-05 08:30:00.000000+00:00', 5, '2024-02-05 08:32:00.000000+00:00', 'dead', 'RuntimeError');
