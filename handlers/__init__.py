"""The edges: what meets platforms, environment, clock and network, and translates for the core."""
