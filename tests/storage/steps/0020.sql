-- A workspace whose token could not be renewed, and an installation that somebody has begun.
INSERT INTO installation (id, team, team_name, enterprise, bot_id, bot_user, scopes, token, refresh_token, expires_at, refreshing_until, uninstalled_at, installed_at, trouble) VALUES (2, 'T2', 'Naboen', NULL, 'B2', 'U2', '["commands"]', 'hidden', 'hidden', '2024-02-05 08:30:00.000000+00:00', NULL, NULL, '2024-02-04 08:30:00.000000+00:00', 'invalid_refresh_token');
INSERT INTO oauth_state (id, digest, until) VALUES (1, 'ab12', '2024-02-05 08:40:00.000000+00:00');
