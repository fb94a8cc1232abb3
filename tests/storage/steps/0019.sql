-- The organisation asks when something is done.
INSERT INTO completion_setting (id, organisation_id, asks) VALUES (1, 1, TRUE);
