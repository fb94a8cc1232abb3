-- A kindergarten with its leader in one school year, a group that holds a role, and what the kindergarten has done.
INSERT INTO unit (id, organisation_id, name, folded, kind, municipality, place, removed_at)
  VALUES (1, 1, 'Solbakken barnehage', 'solbakken barnehage', 'kindergarten', 'Storvik', 'storvik', NULL);
INSERT INTO user_group (id, organisation_id, platform, account, name, refreshed_at)
  VALUES (1, 1, 'slack', 'T1:S1', 'rektorene', '2024-02-05 08:30:00.000000+00:00');
INSERT INTO user_group_member (id, organisation_id, group_id, account) VALUES (1, 1, 1, 'T1:U7');
INSERT INTO holding (id, organisation_id, role_id, person_id, unit_id, municipality, school_year) VALUES (11, 1, 1, 1, 1, '', 2023);
INSERT INTO holding (id, organisation_id, role_id, group_id, municipality, plan_id) VALUES (12, 1, 1, 1, 'Storvik', 1);
INSERT INTO unit_mark (id, organisation_id, item_id, unit_id) VALUES (1, 1, 1, 1);
