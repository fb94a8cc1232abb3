-- Somebody is answered in nynorsk, and reminded a week before.
INSERT INTO person_setting (id, organisation_id, person_id, language, days) VALUES (1, 1, 1, 'nn', '7');
