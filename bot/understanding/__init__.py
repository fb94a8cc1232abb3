"""A message to what it asks."""
