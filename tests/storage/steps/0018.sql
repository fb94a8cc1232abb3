-- An owner has been told of a vacant role.
INSERT INTO vacancy (id, organisation_id, person_id, plan_id, role, school_year) VALUES (1, 1, 1, 1, 'rektor', 2024);
