"""What a question says of the short names and groups in it, for the rules that ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.understanding.lexicon import is_filler, table
from bot.understanding.sentence import Sentence
from bot.understanding.term_names import Found, TermNames
from bot.understanding.words import Word, plain


def term_slots(found: Sequence[Found], sentence: Sentence, names: TermNames) -> frozenset[str]:
    """Return TERM, TERM_TOLD, TERM_ALONE and LEADS, as far as they are there; rules.toml tells what they are."""
    leads = {"LEADS"} if any(plain(word.text) in _asked("leads") for word in sentence.words) else set()
    if not found:
        return frozenset(leads)
    is_told = any(names.is_explained(term.key) for term in found)
    named = [word for term in found for word in term.words]
    is_alone = all(word in named or _is_small(word) for word in sentence.rest)
    slots = {"TERM": True, "TERM_TOLD": is_told, "TERM_ALONE": is_alone}
    return frozenset({*leads, *(slot for slot, is_there in slots.items() if is_there)})


def _is_small(word: Word) -> bool:
    return is_filler(word.text) or plain(word.text) in _asked("leads") | _asked("beside")


@cache
def _asked(kind: str) -> frozenset[str]:
    return frozenset(table("terms")["asked"][kind])
