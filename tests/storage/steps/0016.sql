-- How the organisation reminds, a person who wants none, an item that is not theirs, and a reminder that was sent.
INSERT INTO reminder_setting (id, organisation_id, days) VALUES (1, 1, '14,3');
INSERT INTO reminder_off (id, organisation_id, person_id) VALUES (1, 1, 1);
INSERT INTO reminder_quiet (id, organisation_id, person_id, item_id, since, until) VALUES (1, 1, 1, 1, '2024-02-05', NULL);
INSERT INTO reminder (id, organisation_id, person_id, day, platform, state, claimed_at, message_id, error)
  VALUES (1, 1, 1, '2024-02-05', 'slack', 'posted', '2024-02-05 07:00:00.000000+00:00', '1707.1', NULL);
