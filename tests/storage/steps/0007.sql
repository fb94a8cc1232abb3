-- A plan that explains a short name, and a new version that changed what it says of one.
UPDATE plan SET terms = '[{"name": "SUT", "stands_for": "Skoleeiers utviklingsgruppe", "sayings": [{"text": "SUT møtes.", "tells": ["task"], "source": "linje 4", "line": 4}]}]' WHERE id = 1;
UPDATE intake SET terms = '[]' WHERE id = 11;
