-- A digest about one plan.
UPDATE subscription SET plans = '["KIBS"]' WHERE id = 1;
