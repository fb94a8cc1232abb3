"""The chat page of the demo: a web server on this machine alone, with example plans."""
