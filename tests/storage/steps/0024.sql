-- A digest that was edited once, and that somebody is editing.
UPDATE delivery SET shown = 'a1b2', editing_until = '2024-02-12 07:02:00.000000+00:00' WHERE id = 7;
