-- Channels with digests, and a conversation.
INSERT INTO channel (id, organisation_id, platform, channel, name) VALUES (1, 1, 'slack', 'T1:C1', 'plan');
INSERT INTO subscription (id, organisation_id, channel_id, weekday, at, zone, language, is_active, paused_until)
  VALUES (1, 1, 1, 0, '08:00:00.000000', 'Europe/Oslo', 'nn', true, NULL);
INSERT INTO delivery (id, organisation_id, subscription_id, kind, day, state, claimed_at, message_id, error)
  VALUES (1, 1, 1, 'weekly', '2024-02-05', 'posted', '2024-02-05 07:00:00.000000+00:00', '1707.1', NULL);
INSERT INTO conversation (id, organisation_id, conversation, about, at) VALUES (1, 1, 'c1', 'it', '2024-02-05 08:30:00.000000+00:00');
