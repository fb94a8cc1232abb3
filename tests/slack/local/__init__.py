"""A Slack of our own on this machine: its workspaces, its Web API, OAuth, and what it sends to an app.

It is built from Slack's documentation, for tests and for use by hand (`python -m tests.slack.local`). It knows
the methods that Planvakt uses, with Slack's ways of giving arguments, scopes, errors, limits and 429s; it signs and
repeats what it delivers over HTTP, or delivers over Socket Mode; its clock can be moved and its faults chosen.
"""
