"""A port for a program that has to be told one before it starts."""

from __future__ import annotations

import random
import socket

# Below those that Linux gives to whoever asks for any, so that no connection of another test takes it meanwhile.
PORTS = range(20_000, 32_000)


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
