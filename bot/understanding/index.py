"""Things found by the words of what they are called: titles, roles, groups, areas and plans alike."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Generic, TypeVar

from bot.understanding.alike import other_beginnings
from bot.understanding.lexicon import compound_heads, gatherings, is_filler, short_firsts
from bot.understanding.spelling import SHORTEST, meant
from bot.understanding.words import LONGEST, Word, forms_of, plain, words_of

T = TypeVar("T")

# How well a word fits a name that has it: whole, as the last or first part of a longer word, or misspelt.
# "samling" may be said of any "ledersamling", but "ledersamling" is another thing than "skoleledersamling".
_WHOLE, _COMMON_HEAD, _HEAD, _FIRST, _BOTH_PARTS = 1.0, 0.95, 0.85, 0.7, 0.9
_SHORTEST_PART = 5  # "barn" is no part of "barnehage" that anybody means
_SHORTEST_HEAD = 3
_SHORTEST_STEM = 4
_LONG = 9  # letters of a word that one of them makes no other
_ENOUGH = 0.6  # of the weight of what was said must be in a name
_NEARLY = 0.12
_SHARED_HEAD = re.compile(r"(\w{2,})-\s*(?:/|,|og|eller|and)?\s*(\w{4,})", re.IGNORECASE)
_DOING = re.compile(r"([a-zæøå]{5,}?)n?ing")  # of short words too many are something else ("styring", "regning")
_NEIGHBOURS = re.compile(r"[\s\-–/]{0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Generic[T]):
    """Something that words may point to: how much of what was said is in its name (score), and the reverse (cover)."""

    thing: T
    score: float
    cover: float


class Index(Generic[T]):
    """Names and the things they stand for; one thing may have several names."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        self._things: list[T] = []
        self._sizes: list[int] = []
        self._having: dict[str, set[int]] = defaultdict(set)
        self._figures: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._surfaces: dict[str, None] = {}
        for name, thing in names:
            self._add(name, thing)
        self._fits: dict[tuple[str, tuple[str, ...]], dict[int, float]] = {}
        self._vocabulary = tuple(self._having)
        self._spellings = tuple(self._surfaces)

    def _add(self, name: str, thing: T) -> None:
        number = len(self._things)
        words = [word for word in words_of(name) if not is_filler(word.text)]
        self._things.append(thing)
        self._sizes.append(len(words))
        for word in words:
            self._surfaces[plain(word.text)] = None
            for form in word.forms:
                self._having[form].add(number)
        for compound in _compounds(name, words):
            for form in forms_of(compound):
                self._having[form].add(number)
        for one, other in pairwise(words):
            if other.text[:1].isdigit():
                for form in one.forms:
                    self._figures[form][other.forms[0]].add(number)

    def knows(self, word: Word) -> bool:
        """Whether the word, or a long word that has it as a part, is in any name."""
        return bool(self.fits(word))

    def forms_meant(self, word: Word) -> tuple[str, ...]:
        """Return the word's forms; of a misspelt one also those of what it was meant to be."""
        if word.is_number or any(form in self._having for form in word.forms):
            return word.forms
        right = meant(plain(word.text), self._spellings)
        return (*word.forms, *forms_of(right)) if right else word.forms

    def fits(self, word: Word) -> dict[int, float]:
        """Return how well the word fits each name, by the name's number; what does not fit is left out."""
        said = word.text, word.forms  # what stands for many words has more forms than the word has by itself
        known = self._fits.get(said)
        if known is None:
            if len(self._fits) > 5_000:  # words come from outside: what is kept is bounded
                self._fits.clear()
            known = self._fits[said] = self._work_out(word)
        return known

    def _work_out(self, word: Word) -> dict[int, float]:
        found = self._itself(word.forms)
        if found or word.is_number:
            return found
        found = self._misspelt_as_whole(word) or self._as_compound(word.forms) or self._of_same_people(word.forms)
        if not found and (right := meant(plain(word.text), self._spellings)):
            found = {number: _HEAD for form in forms_of(right) for number in self._having.get(form, ())}
        elif not found:  # "skoleldermøtene": the slip is found where the ending is taken away
            slips = (meant(form, self._vocabulary) or self._left_out(form, word) for form in word.forms)
            found = {number: _HEAD for right in slips if right for number in self._having[right]}
        return found or self._of_doing(word.forms)

    def _of_doing(self, forms: Sequence[str]) -> dict[int, float]:
        """What a title says is to be done, where the word is the name of doing it ("kartlegginga", "kartleggje")."""
        stems = (found[1] for form in forms if (found := _DOING.fullmatch(form)))
        return {number: _HEAD for stem in stems for number in self._having.get(stem, ())}

    def _itself(self, forms: Sequence[str]) -> dict[int, float]:
        found = self._as_part(forms)
        found.update((number, _WHOLE) for form in forms for number in self._having.get(form, ()))
        return found

    def _left_out(self, form: str, word: Word) -> str | None:
        """What a short form is with one letter that was left out, in a word that is not so short ("avtlen")."""
        if len(word.text) < SHORTEST or not _SHORTEST_STEM <= len(form) < SHORTEST:
            return None
        longer = (other for other in self._vocabulary if len(other) == len(form) + 1 and other[0] == form[0])
        fitting = [
            other for other in longer if any(other[:at] + other[at + 1 :] == form for at in range(1, len(other)))
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _misspelt_as_whole(self, word: Word) -> dict[int, float]:
        """A long word with one slip is that, and not two parts of a name ("styremøte", where all are "styrermøte")."""
        if len(word.text) < _LONG:
            return {}
        slips = (meant(form, self._vocabulary) for form in word.forms)
        return {number: _HEAD for right in slips if right for number in self._having[right]}

    def _of_same_people(self, forms: Sequence[str]) -> dict[int, float]:
        return {
            number: _HEAD
            for form in forms
            for other in other_beginnings(form)
            for number in self._having.get(other, ())
        }

    def _as_part(self, forms: Sequence[str]) -> dict[int, float]:
        found: dict[int, float] = {}
        firsts, agents = short_firsts()
        for form in forms:
            is_short, is_first = len(form) < _SHORTEST_PART, form in firsts
            if (is_short and not is_first and form not in _heads()) or not form.isalpha():
                continue
            head = _COMMON_HEAD if form in _heads() else _HEAD
            for longer in self._vocabulary:
                if len(longer) < len(form) + 2:
                    continue
                fit = head if longer.endswith(form) else _FIRST if longer.startswith(form) else 0.0
                is_of_it = is_first and not longer.endswith(agents)  # "elevrådslærerne" are no pupils
                if fit and (fit >= _HEAD or not is_short or is_of_it):
                    for number in self._having[longer]:
                        found[number] = max(fit, found.get(number, 0.0))
        return found

    def _as_compound(self, forms: Sequence[str]) -> dict[int, float]:
        """A word more exact than the names: both its parts in one name, or else the name is its last part."""
        found: dict[int, float] = {}
        for form in forms:
            for cut in range(3, len(form) - 2 if len(form) <= LONGEST else 0):
                first, last = self._first_part(form[:cut]), self._last_part(form[cut:])
                if first and last:
                    found.update((number, _BOTH_PARTS) for number in first & last)
        return found

    def _first_part(self, part: str) -> set[int]:
        """Names with the word, which may have an -s to bind it ("eksamensworkshop"), or with a longer one."""
        forms = (part, *forms_of(part))
        found = {number for form in forms for number in self._having.get(form, ())}
        if found or len(part) < _SHORTEST_PART:
            return found
        longer = (word for word in self._vocabulary if word.startswith(part))
        return {number for word in longer for number in self._having[word]}

    def _last_part(self, part: str) -> set[int]:
        """Names with the word; for what is commonly the last part of a long word, also those that have it as such."""
        found = set(self._having.get(part, ()))
        return found | self._as_part((part,)).keys() if part in _heads() else found

    def find(self, needed: Sequence[Word], helpful: Sequence[Word] = ()) -> list[Hit[T]]:
        """Return what the needed words point to, best first: only what fits equally well or nearly.

        A figure must be in the name. Of several that fit, those win that have more of the helpful words.
        """
        scores = self._scores(needed, [*needed, *helpful])
        if not scores:
            return []
        best = max(scores.values())
        top = {number: score for number, score in scores.items() if score >= max(_ENOUGH, best - _NEARLY)}
        helped = {number: sum(number in self.fits(word) for word in helpful) for number in top}
        most = max(helped.values(), default=0)
        spoken = list(needed) + list(helpful)
        hits = [
            Hit(thing=self._things[number], score=score, cover=self._cover(number, spoken))
            for number, score in top.items()
            if helped[number] == most
        ]
        return sorted(hits, key=lambda hit: (-hit.score, -hit.cover))

    def having(self, words: Sequence[Word]) -> list[T]:
        """Return all things whose name has every word, be it as a part of a longer one."""
        if not words:
            return []
        numbers = set.intersection(*(set(self.fits(word)) for word in words))
        return [self._things[number] for number in sorted(numbers)]

    def holding(self, words: Sequence[Word]) -> list[T]:
        """Return all things whose name has every word as such, alone or as a part of a longer one."""
        fitting = (self._itself(word.forms) for word in words)
        return [self._things[number] for number in sorted(set.intersection(*map(set, fitting)))] if words else []

    def nearest(self, words: Sequence[Word]) -> list[Hit[T]]:
        """Return what has any of the words in its name, those first that have most."""
        scores = defaultdict[int, float](float)
        for word in words:
            for number, fit in self.fits(word).items():
                scores[number] += fit / len(words)
        hits = (
            Hit(thing=self._things[number], score=score, cover=self._cover(number, words))
            for number, score in scores.items()
        )
        return sorted(hits, key=lambda hit: (-hit.score, -hit.cover))

    def _scores(self, needed: Sequence[Word], spoken: Sequence[Word]) -> dict[int, float]:
        total, scores = 0.0, defaultdict[int, float](float)
        fits_of = self._with_neighbours(needed)
        for fits in fits_of:
            weight = math.log(1 + (1 + len(self._things)) / (1 + len(fits)))
            total += weight
            for number, fit in fits.items():
                scores[number] += weight * fit
        figures = [self._with_figure(word, needed, spoken) for word in needed if word.text[:1].isdigit()]
        return {
            number: score / total
            for number, score in scores.items()
            if score / total >= _ENOUGH and all(number in fits for fits in figures)
        }

    def _with_figure(self, figure: Word, needed: Sequence[Word], spoken: Sequence[Word]) -> set[int]:
        """Names with the figure; behind the word that was said before it, where names have figures behind that word.

        Where none has, the name must have that word too: "LUF 2" is no "Modul 2".
        """
        before = [word for word in spoken if word.stop <= figure.start <= word.stop + 1]
        figures = [
            by_figure
            for word in before
            for mine, by_figure in self._figures.items()
            if any(mine.endswith(form) for form in word.forms)
        ]
        if not figures:
            said = (self.fits(word).keys() for word in before if word in needed)
            return set(self.fits(figure)).intersection(*said)
        return {number for by_figure in figures for number in by_figure.get(figure.forms[0], ())}

    def _with_neighbours(self, words: Sequence[Word]) -> list[dict[int, float]]:
        """How well each word fits; two words that a name has as one ("leder nettverk") fit it both."""
        found = [self.fits(word) for word in words]
        for at, (one, other) in enumerate(pairwise(words)):
            if one.stop + 1 < other.start or not (one.text.isalpha() and other.text.isalpha()):
                continue
            both = {
                number: _WHOLE
                for form in forms_of(plain(one.text + other.text))
                for number in self._having.get(form, ())
            }
            if both:
                found[at], found[at + 1] = {**found[at], **both}, {**found[at + 1], **both}
        return found

    def _cover(self, number: int, words: Sequence[Word]) -> float:
        size = self._sizes[number]
        return sum(number in self.fits(word) for word in words) / size if size else 0.0


@cache
def _heads() -> frozenset[str]:
    heads = (*compound_heads(), *gatherings())
    return frozenset(form for head in heads for form in forms_of(head) if len(form) >= _SHORTEST_HEAD)


def _compounds(name: str, words: Sequence[Word]) -> Iterable[str]:
    """Long words that a name has in parts: neighbours ("work-shop"), and a head shared by two ("SUT- og BUG-møte")."""
    for one, other in pairwise(words):
        if _NEIGHBOURS.fullmatch(name, one.stop, other.start) and one.text.isalpha() and other.text.isalpha():
            yield one.text + other.text
    for shared in _SHARED_HEAD.finditer(name):
        first, second = shared.group(1), plain(shared.group(2))
        heads = [head for head in compound_heads() if second.endswith(head)]
        if heads:
            yield first + max(heads, key=len)
