-- A channel whose digest is for one group and keeps quiet in empty weeks.
UPDATE subscription SET "groups" = '["styrere"]', is_quiet = TRUE WHERE id = 1;
