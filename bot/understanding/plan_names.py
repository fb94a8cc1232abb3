"""Which plans a message names, and with which of its words: a short name, a title, an organisation, years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from bot.model import Book, Item, Plan
from bot.understanding.lexicon import concept_tables, is_filler, joiners, table
from bot.understanding.words import Word, plain, words_of

_PARTS_OF_TITLE = re.compile(r"(?<!\d)\s+[–—-]\s+|\s+[–—-]\s+(?!\d)|[:()]")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_SHORTEST_SPELT_OUT = 3  # letters of a short name whose words are looked for in the plan's text
_SHORTEST_COMMON = 3  # words that tell no plan from another, until there are so many of them

Forms = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlans:
    """The plans (ids) that a message names, and those of its words that do it and search for nothing else."""

    plans: tuple[int, ...] = ()
    words: tuple[Word, ...] = ()


class PlanNames:
    """What the plans of a book are called."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def _words(self) -> Mapping[str, frozenset[int]]:
        """Plans by each form of a word that names them all by itself."""
        found: dict[str, set[int]] = defaultdict(set)
        for plan in self._book.plans:
            for form in _proper_names(plan):
                found[form].add(plan.id)
        return {form: frozenset(ids) for form, ids in found.items()}

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[tuple[Forms, int]]]:
        """Names of several words with their plan, by each form of the first word, the longest first."""
        by_first: dict[str, list[tuple[Forms, int]]] = defaultdict(list)
        for plan in self._book.plans:
            mine = [item for item in self._book.items if item.plan_id == plan.id]
            for phrase in {*_phrases_of(plan), *_spelt_out(plan, mine)}:
                for form in phrase[0]:
                    by_first[form].append((phrase, plan.id))
        return {first: sorted(some, key=lambda pair: -len(pair[0])) for first, some in by_first.items()}

    @cached_property
    def _owners(self) -> Mapping[int, frozenset[str]]:
        """The forms of all words of the organisations, by plan."""
        return {
            plan.id: frozenset(form for word in words_of(plan.organisation or "") for form in word.forms)
            for plan in self._book.plans
        }

    @cached_property
    def others(self) -> frozenset[str]:
        """Words that are a role or group by themselves, whatever plan is called so too."""
        items = self._book.items
        return frozenset(plain(name) for item in items for name in (*item.responsible, *item.audience))

    def knows(self, word: Word) -> bool:
        """Whether the word names a plan all by itself."""
        return any(form in self._words for form in word.forms)

    def find(self, words: Sequence[Word], *, of_people: bool, besides: frozenset[str]) -> NamedPlans:
        """Return the plans that the words of a message name; of several named at one place those that most words name.

        `of_people` tells that a name that is a plan's and a role's is the role's, where nothing speaks for the plan.
        Words in `besides` (lower case) name something else.
        """
        ids = self._named(words, of_people=of_people, besides=besides)
        runs = tuple(_runs(words, ids))
        named = [words[at] for run in runs for at in run if ids[at]]
        return NamedPlans(
            plans=tuple(dict.fromkeys(one for run in runs for one in _most(ids, run))), words=tuple(named)
        )

    def _named(self, words: Sequence[Word], *, of_people: bool, besides: frozenset[str]) -> list[frozenset[int]]:
        """For each word the plans it names, alone or with its neighbours."""
        ids: list[frozenset[int]] = [frozenset()] * len(words)
        at = 0
        while at < len(words):
            length, plans = self._phrase(words, at)
            if not plans and plain(words[at].text) not in besides:
                length, plans = 1, self._word(words, at, of_people=of_people)
            if plans:
                ids[at : at + length] = [plans] * length
            at += max(length, 1)
        for at, plans in enumerate(tuple(ids)):
            for beside in (at - 1, at + 1):
                if plans and 0 <= beside < len(words) and not ids[beside] and self._is_owner(words[beside], plans):
                    ids[beside] = plans
        return ids

    def _phrase(self, words: Sequence[Word], at: int) -> tuple[int, frozenset[int]]:
        fitting = [
            (len(phrase), plan_id)
            for form in words[at].forms
            for phrase, plan_id in self._phrases.get(form, ())
            if len(phrase) <= len(words) - at
            and all(not mine.isdisjoint(word.forms) for mine, word in zip(phrase, words[at:], strict=False))
        ]
        longest = max((length for length, _ in fitting), default=0)
        return longest, frozenset(plan_id for length, plan_id in fitting if length == longest)

    def _word(self, words: Sequence[Word], at: int, *, of_people: bool) -> frozenset[int]:
        word = words[at]
        plans = {one for form in word.forms for one in self._words.get(form, ())}
        plans |= {one for form in word.forms for mine in _without_plan(form) for one in self._words.get(mine, ())}
        if plain(word.text) in self.others and not self._is_of_plan(words, at, of_people=of_people):
            return frozenset()
        return frozenset(plans)

    def _is_of_plan(self, words: Sequence[Word], at: int, *, of_people: bool) -> bool:
        """Whether a word that is a role's too stands as a plan's name: "i SEPU", "SEPU-planen", "planen til SEPU"."""
        before = [plain(word.text) for word in words[max(0, at - 2) : at]]
        after = words[at + 1 : at + 2]
        if any(map(_is_plan, after)) or (before and _is_plan_word(before[-1])):
            return True
        if len(before) == 2 and _is_plan_word(before[0]) and before[1] in joiners():
            return True
        if before and before[-1] in _leading("within"):
            return True
        if before and before[-1] in _leading("of_people"):
            return False
        return not of_people and len([word for word in words if not is_filler(word.text)]) <= 2

    def _is_owner(self, word: Word, plans: frozenset[int]) -> bool:
        """Whether the word belongs to the organisation's name, as "kommune" beside the name of one."""
        forms = frozenset(word.forms)
        return not forms.isdisjoint(_owner_words()) or any(not forms.isdisjoint(self._owners[plan]) for plan in plans)

    def by_years(self, text: str) -> tuple[tuple[int, ...], tuple[int, int]] | None:
        """Return the plans that the text names by their years ("handlingsplan 2022"), and where the years stand."""
        for found in _plan_and_years().finditer(plain(text)):
            first, last = int(found["first"]), int(found["last"] or found["first"])
            years = (first, last if last > 99 else first // 100 * 100 + last)
            plans = tuple(plan.id for plan in self._book.plans if _years_of(plan) == years)
            if plans:
                return plans, found.span("years")
        return None


def _runs(words: Sequence[Word], ids: Sequence[frozenset[int]]) -> Iterator[tuple[int, ...]]:
    """Places of words that name one thing together: nothing but joiners and the word "plan" between them."""
    run: list[int] = []
    for at, word in enumerate(words):
        if ids[at]:
            run.append(at)
        elif run and not (plain(word.text) in joiners() or _is_plan(word)):
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _most(ids: Sequence[frozenset[int]], run: Iterable[int]) -> Iterator[int]:
    counts: dict[int, int] = defaultdict(int)
    for at in run:
        for one in ids[at]:
            counts[one] += 1
    most = max(counts.values(), default=0)
    return (one for one, count in sorted(counts.items()) if count == most)


def _proper_names(plan: Plan) -> set[str]:
    """The words that name the plan: those with a capital within its title, its short name, its organisation.

    Also what kind of plan it is ("Trivselsplan"), if not any is. Of "Nord-Fjella" the last part names it, and the
    first ("Nord") only before that.
    """
    title = plan.title.split()
    said = [text for text in title[1:] if text[:1].isupper()] + [text for text in title[:1] if text.isupper()]
    said += [word.text for word in words_of(plan.title) if any(map(_without_plan, word.forms)) and not _is_plan(word)]
    said += [text for text in (plan.organisation or "").split() if text[:1].isupper()]
    last = [naming[-1] for text in said if (naming := _naming(words_of(text)))]
    return {form for word in [*last, *words_of(plan.short)] for form in word.forms if len(form) > 1}


def _naming(words: Iterable[Word]) -> list[Word]:
    return [word for word in words if _common().isdisjoint(word.forms)]


def _phrases_of(plan: Plan) -> Iterator[Forms]:
    """The organisation, names with a hyphen, and each part of the title behind "plan for"."""
    for text in (plan.organisation or "", *_PARTS_OF_TITLE.split(plan.title)):
        words = [word for word in words_of(text) if not _YEAR.match(word.text) and not word.is_number]
        while words and (_is_plan(words[0]) or plain(words[0].text) in joiners()):
            words = words[1:]
        content = [word for word in words if not is_filler(word.text)]
        if len(content) >= _SHORTEST_COMMON or (len(content) > 1 and _naming(content)):
            yield _forms(words)
    for text in f"{plan.title} {plan.organisation or ''}".split():
        parts = words_of(text)
        if len(parts) > 1 and len(_naming(parts)) == len(parts) and text[:1].isupper():
            yield _forms(parts)


def _spelt_out(plan: Plan, items: Iterable[Item]) -> Iterator[Forms]:
    """What the plan's short name is short for, where its text has words that begin with just those letters."""
    short = plain(plan.short)
    if len(short) < _SHORTEST_SPELT_OUT or not short.isalpha():
        return
    for text in {text for item in items for text in (item.title, item.comment, item.area, item.goal) if text}:
        words = words_of(text)
        for at in range(len(words) - len(short) + 1):
            some = words[at : at + len(short)]
            if "".join(plain(word.text)[0] for word in some) == short and some[0].text[0].isupper():
                yield _forms(some)


def _forms(words: Iterable[Word]) -> Forms:
    return tuple(frozenset(word.forms) for word in words)


def _years_of(plan: Plan) -> tuple[int, int] | None:
    return (plan.period_start.year, plan.period_end.year) if plan.period_start and plan.period_end else None


def _is_plan(word: Word) -> bool:
    return _is_plan_word(plain(word.text))


def _is_plan_word(text: str) -> bool:
    return text in _plan_words()


def _without_plan(form: str) -> tuple[str, ...]:
    """What comes before "plan" in a long word ("solvikplanen"), and that without a binding letter ("fjellaplanen")."""
    end = next((end for end in _plan_forms() if form.endswith(end) and len(form) > len(end) + 1), "")
    first = form.removesuffix(end) if end else ""
    return (first, first[:-1]) if first else ()


@cache
def _plan_forms() -> tuple[str, ...]:
    """The words for a plan as they are compared, the longest first."""
    forms = {form for text in _plan_words() for word in words_of(text) for form in word.forms}
    return tuple(sorted(forms, key=len, reverse=True))


@cache
def _plan_words() -> frozenset[str]:
    return frozenset(plain(text) for text in concept_tables()["plan"]["words"] if " " not in text)


@cache
def _plan_and_years() -> re.Pattern[str]:
    plans = "|".join(sorted(map(re.escape, _plan_words()), key=len, reverse=True))
    between = "|".join(map(re.escape, table("compounds")["before_years"]))
    years = r"(?P<years>(?P<first>(?:19|20)\d\d)(?:\s?[/–—-]\s?(?P<last>(?:(?:19|20)\d\d|\d\d)))?)(?!\d)"
    return re.compile(rf"(?:{plans})\s+(?:(?:{between})\s+)*{years}")


@cache
def _common() -> frozenset[str]:
    return frozenset(table("compounds")["not_names"])


@cache
def _owner_words() -> frozenset[str]:
    return frozenset(form for text in table("compounds")["owners"] for word in words_of(text) for form in word.forms)


@cache
def _leading(name: str) -> frozenset[str]:
    return frozenset(table("compounds")[name])
