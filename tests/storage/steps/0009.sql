-- A channel that follows one plan.
INSERT INTO followed_plan (id, organisation_id, channel_id, plan_id) VALUES (1, 1, 1, 1);
