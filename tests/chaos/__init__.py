"""Real processes that are killed while they deliver, and a count of what was lost and what came twice."""
