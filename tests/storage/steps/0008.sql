-- A winter break, and a planning day.
INSERT INTO school_break (id, organisation_id, name, school_year, first, last)
VALUES (1, 1, 'winter_break', 2023, '2024-02-26', '2024-03-03'), (2, 1, 'planning_day', 2023, '2024-01-02', '2024-01-02');
