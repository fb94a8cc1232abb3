-- A channel whose digest is left out on days off, and that somebody looks at next on a Monday.
UPDATE subscription SET days_off = 'skip', next_at = '2024-02-05 07:00:00.000000+00:00' WHERE id = 1;
