"""Norwegian time: words to unresolved values, and from there to days."""
