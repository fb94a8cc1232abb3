-- A workspace that has uninstalled us.
INSERT INTO installation (id, team, team_name, enterprise, bot_id, bot_user, scopes, token, refresh_token, expires_at, refreshing_until, uninstalled_at) VALUES (1, 'T1', 'Kommunen', NULL, 'B1', 'U1', '["commands"]', NULL, NULL, NULL, NULL, '2024-02-05 08:30:00.000000+00:00');
