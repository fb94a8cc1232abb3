-- People who hold roles.
INSERT INTO person (id, organisation_id, name, folded, is_administrator) VALUES (1, 1, 'Åse Østby', 'åse østby', true);
INSERT INTO person (id, organisation_id, name, folded, is_administrator) VALUES (2, 2, 'Åse Østby', 'åse østby', false);
INSERT INTO account (id, organisation_id, person_id, platform, account) VALUES (1, 1, 1, 'slack', 'T1:U7');
INSERT INTO role (id, organisation_id, name, folded, plan_id) VALUES (1, 1, 'Programleiar', 'programleiar', NULL);
INSERT INTO role (id, organisation_id, name, folded, plan_id) VALUES (2, 1, 'planeier', 'planeier', 1);
INSERT INTO role_holding (id, organisation_id, role_id, person_id) VALUES (1, 1, 1, 1);
