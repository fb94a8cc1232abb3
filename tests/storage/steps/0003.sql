-- What people have done.
INSERT INTO history (id, organisation_id, step, at, person_id, platform, item_id, subject, field, before, after, undoes)
  VALUES (1, 1, 7, '2024-02-05 08:30:00.000000+00:00', 1, 'slack', 1, 'KIBS-1', 'status', 'open', 'done', NULL);
INSERT INTO history (id, organisation_id, step, at, person_id, platform, item_id, subject, field, before, after, undoes)
  VALUES (2, 1, 8, '2024-02-05 08:31:00.000000+00:00', 1, 'slack', 1, 'KIBS-1', 'status', 'done', 'open', 1);
INSERT INTO item_correction (id, organisation_id, item_id, field) VALUES (1, 1, 1, 'title');
