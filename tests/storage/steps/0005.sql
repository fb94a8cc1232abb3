-- A new version that can be taken back, and a document that waits.
INSERT INTO intake (id, organisation_id, step, plan_id, before) VALUES (11, 1, 19, 1, '{"1": {"position": 3}}');
INSERT INTO waiting_document (id, organisation_id, at, person_id, file, proposed) VALUES (1, 1, '2024-02-05 08:30:00.000000+00:00', 1, 'kibs.docx', '{}');
