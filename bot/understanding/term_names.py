"""The short names and groups that plans explain or use, found in the words of a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.model import Plan
from bot.terms import Term
from bot.understanding.lexicon import is_filler, phrases, table
from bot.understanding.words import Word, plain, words_of


@dataclass(frozen=True, slots=True)
class Found:
    """What words of a question name: the term's key, and the words themselves."""

    key: str
    words: tuple[Word, ...]


class TermNames:
    """The names of the plans' terms; several plans may have one of the same name."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._terms: dict[str, list[tuple[Plan, Term]]] = defaultdict(list)
        self._names: dict[str, list[tuple[tuple[Word, ...], str]]] = defaultdict(list)
        for plan in plans:
            for term in plan.terms:
                self._add(plan, term)

    def _add(self, plan: Plan, term: Term) -> None:
        key = key_of(term.name)
        self._terms[key].append((plan, term))
        for name in filter(None, (term.name, term.stands_for, _first_word(term.name))):
            spoken = words_of(name)
            for form in spoken[0].forms if spoken else ():
                self._names[form].append((spoken, key))

    def of(self, key: str) -> tuple[tuple[Plan, Term], ...]:
        """Return the term of that key in each plan that has it, in the plans' order."""
        return tuple(self._terms.get(key, ()))

    def is_explained(self, key: str) -> bool:
        return any(term.is_explained for _, term in self.of(key))

    def knows(self, word: Word) -> bool:
        """Whether the word is one of a term's name."""
        return bool(self.find([word])) or any(form in self._names for form in word.forms)

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """Return the terms that the words name, each once, in order; the longest name that fits is taken."""
        found: dict[str, Found] = {}
        at = 0
        while at < len(words):
            fits = [
                Found(key, tuple(words[at : at + len(name)]))
                for form in words[at].forms
                for name, key in self._names.get(form, ())
                if _is_said(name, words[at : at + len(name)])
            ]
            longest = max(fits, key=lambda one: len(one.words), default=None)
            if longest:
                found.setdefault(longest.key, longest)
            at += len(longest.words) if longest else 1
        return tuple(found.values())


def key_of(name: str) -> str:
    """Return what a term is looked up by, whatever its inflection and its capitals."""
    spoken = words_of(name)
    return plain(name) if len(spoken) == 1 and spoken[0].text.isupper() else " ".join(word.forms[0] for word in spoken)


@lru_cache(maxsize=4096)  # the plans' own words
def _first_word(name: str) -> str | None:
    """What a group is called for short: "Arbeidsutvalget for lesing" is "Arbeidsutvalget"."""
    first, *others = name.split() or [""]
    bare = [
        noun
        for noun in table("terms")["groups"]["listed"]
        if first.casefold().endswith(noun) and first.casefold() != noun
    ]
    return first if others and bare else None


def _is_said(name: Sequence[Word], said: Sequence[Word]) -> bool:
    if len(said) < len(name):
        return False
    if len(name) == 1:
        return _is_same(name[0], said[0])
    return all(set(mine.forms) & set(word.forms) for mine, word in zip(name, said, strict=True))


def _is_same(name: Word, said: Word) -> bool:
    """Whether one word is a term's name; one that means something by itself must be written just as the plan does."""
    if is_filler(said.text) or any(phrase.fit([said]) for form in said.forms for phrase in phrases(form)):
        return name.text == said.text
    if sum(map(str.isupper, name.text)) > 1:
        return plain(said.text) in (plain(name.text), f"{plain(name.text)}s")
    return bool(set(name.forms) & set(said.forms))
