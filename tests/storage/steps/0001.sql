-- Two organisations with a plan each, as the first step knows them.
INSERT INTO organisation (id, name, revision) VALUES (1, '', 7);
INSERT INTO organisation (id, name, revision) VALUES (2, 'Fjellvik', 0);
INSERT INTO plan (id, organisation_id, short, last_number, title, names_itself, period_start, period_end, language, reservation, file)
  VALUES (1, 1, 'KIBS', 2, 'KIBS 2023/2024', 'Fjellvik kommune', '2023-08-01', '2024-07-31', 'nn', 'Kan endre seg', 'kibs.docx');
INSERT INTO plan (id, organisation_id, short, last_number, title, language) VALUES (2, 2, 'KIBS', 0, 'KIBS 2023/2024', 'nb');
INSERT INTO item (id, organisation_id, plan_id, "key", position, status, cancelled, removed_at, kind, title, start, "end", "precision", date_text,
    uncertain, other, time_start, time_end, responsible, audience, location, resources, goal, area, milestones, region, comment, doubts, source, source_line)
  VALUES (1, 1, 1, 'KIBS-1', 0, 'done', false, NULL, 'event', 'Fagdag', '2024-02-08', '2024-02-09', 'range', 'Fre. 8.–9.',
    true, '2024-02-09', '08:30:00.000000', '15:45:00.000000', '["Programleiar", "rektor"]', '[]', 'Rådhuset', NULL, 'Mål', 'Område', '[3, 5]', 'NØR', NULL, '["weekday_mismatch"]', 'tabell 2, rad 7', 346);
INSERT INTO item (id, organisation_id, plan_id, "key", position, status, cancelled, removed_at, kind, title, "precision", uncertain, responsible, audience, milestones, doubts)
  VALUES (2, 1, 1, 'KIBS-2', 1, 'open', true, '2024-01-05 08:30:00.000000', 'goal', 'Borte', 'none', false, '[]', '["PPT"]', '"all"', '[]');
