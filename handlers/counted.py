"""The core as the platforms ask it, with each answer counted and timed: its intent, never its words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.messages import Message, Reply
from bot.understanding.frame import Intent
from handlers.live import AttentiveBot
from handlers.metrics import ANSWER_SECONDS, QUESTIONS


class CountedBot(AttentiveBot):
    """The attentive core, which tells Prometheus of every answer."""

    def reply(self, message: Message) -> Reply:
        """Return the answer, counted; what raises is counted as failed."""
        with _counted():
            reply = super().reply(message)
        QUESTIONS.labels(reply.intent, _outcome(reply)).inc()
        return reply


@contextmanager
def _counted() -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    except Exception:
        QUESTIONS.labels("unknown", "failed").inc()
        raise
    finally:
        ANSWER_SECONDS.observe(time.perf_counter() - begun)


def _outcome(reply: Reply) -> str:
    """A refusal, what is not understood and what is not there all come out of scope."""
    if reply.changes:
        return "changed"
    return "not_answered" if reply.intent == Intent.OUT_OF_SCOPE else "answered"
