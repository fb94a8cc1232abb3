-- A channel that is archived, a digest that somebody is at, a process that runs, and a workspace that asked us to wait.
UPDATE subscription SET fault = 'is_archived' WHERE id = 1;
INSERT INTO delivery (id, organisation_id, subscription_id, kind, day, state, due_at, until, attempt, claim, claimed_at, began_at, batch, batched_at)
  VALUES (7, 1, 1, 'weekly', '2024-02-12', 'posting', '2024-02-12 07:00:00.000000+00:00', '2024-02-12 23:00:00.000000+00:00', 1, 'r1:t1', '2024-02-12 07:00:00.000000+00:00', '2024-02-12 07:00:00.000000+00:00', 'b1', '2024-02-12 07:00:00.000000+00:00');
INSERT INTO replica (id, seen) VALUES ('r1', '2024-02-12 07:00:00.000000+00:00');
INSERT INTO workspace_pause (id, platform, team, until) VALUES (1, 'slack', 'T1', '2024-02-12 07:00:30.000000+00:00');
