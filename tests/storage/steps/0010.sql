-- A plan with running text, and a new version that changed it.
UPDATE plan SET excerpts = '[{"text": "Alle skal bli sett.", "heading": "Innledning", "source": "linje 4", "line": 4}]' WHERE id = 1;
UPDATE intake SET excerpts = '[]' WHERE id = 11;
