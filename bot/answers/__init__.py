"""From what is asked to the facts that answer it."""
