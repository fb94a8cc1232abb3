"""All Norwegian (and English) that a planner reads or writes, as data."""
