-- An item that comes back every year.
UPDATE item SET repeats = 'yearly' WHERE id = 1;
