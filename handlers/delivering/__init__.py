"""Digests and reminders on their way out: each once, whatever breaks."""
