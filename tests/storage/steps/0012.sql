-- The calendar feed of a channel.
INSERT INTO calendar_feed (id, organisation_id, channel_id, person_id, secret, made_at)
VALUES (1, 1, 1, NULL, 'hemmelig', '2023-09-20 08:00:00+00:00');
