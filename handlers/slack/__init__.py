"""Slack: it only translates. Whatever is about plans, persons or permission is asked of the core."""
