"""The word lists under norwegian/lexicon, read once, ready to be looked up."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from bot.understanding.words import Word, forms_of, in_one_standard, plain, texts_of, words_of

FILLER = "filler"
_SHORTEST_SPELT = 5  # letters; less is another word with one letter changed
# The concepts of "på mandager", in the order of the week.
WEEKDAYS = ("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays")
_AS_WRITTEN, _INFLECTED = 0.99, 0.9

# A phrase before it is asked for: its words in one standard, whether no inflection counts, and the tables that list it.
_Listed: TypeAlias = tuple[tuple[str, ...], bool, set[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One or more words that mean something in a question; `concepts` are the tables that list it.

    `only_as_written` is set where no inflection of the words counts.
    """

    forms: tuple[frozenset[str], ...]
    written: tuple[str, ...]
    only_as_written: bool
    concepts: frozenset[str]

    def fit(self, words: Sequence[Word]) -> float:
        """Return how well it fits the beginning of the words, longer phrases always better; 0 where it does not."""
        size = len(self.forms)
        if size > len(words):
            return 0.0
        if all(in_one_standard(word.text) == mine for word, mine in zip(words, self.written, strict=False)):
            return size + _AS_WRITTEN
        if self.only_as_written:
            return 0.0
        shared = [
            len(mine.intersection(word.forms)) / len(mine.union(word.forms))
            for mine, word in zip(self.forms, words, strict=False)
        ]
        return size + sum(shared) / size * _INFLECTED if all(shared) else 0.0


@cache
def table(name: str) -> dict[str, Any]:
    """Return one word list as TOML has it; kept inside the package, where each reader makes it a value."""
    return tomllib.loads(files("bot").joinpath(f"norwegian/lexicon/{name}.toml").read_text("utf-8"))


@cache
def concept_tables() -> Mapping[str, dict[str, Any]]:
    """Return the tables of all files under lexicon/concepts, by the concept's name."""
    folder = sorted(files("bot").joinpath("norwegian/lexicon/concepts").iterdir(), key=lambda file: file.name)
    return {concept: entry for file in folder for concept, entry in tomllib.loads(file.read_text("utf-8")).items()}


def phrases(form: str) -> Sequence[Phrase]:
    """Return the phrases whose first word has this form."""
    return _phrases(form) if form in _listed() else ()


@cache  # of what a word can mean, only that is made ready which somebody says
def _phrases(form: str) -> Sequence[Phrase]:
    return tuple(
        Phrase(
            forms=tuple(frozenset(forms_of(word)) for word in written),
            written=written,
            only_as_written=is_exact,
            concepts=frozenset(concepts),
        )
        for written, is_exact, concepts in _listed()[form]
    )


@cache
def _listed() -> Mapping[str, Sequence[_Listed]]:
    """All phrases by each form of their first word, in the order of the files."""
    by_first: dict[str, list[_Listed]] = defaultdict(list)
    for (written, is_exact), concepts in _concepts_of_phrases().items():
        for form in dict.fromkeys(forms_of(written[0])):
            by_first[form].append((written, is_exact, concepts))
    return dict(by_first)


def _concepts_of_phrases() -> Mapping[tuple[tuple[str, ...], bool], set[str]]:
    """The concepts of each phrase and whether it counts only as it is written."""
    found: dict[tuple[tuple[str, ...], bool], set[str]] = defaultdict(set)
    for concept, entry in concept_tables().items():
        for key in ("words", "written"):
            for phrase in entry.get(key, ()):
                found[_in_one_standard(phrase), key == "written"].add(concept)
    for words in table("closed").values():  # small words ask nothing; they may all the same be a part of a name
        for phrase in words:
            found[_in_one_standard(phrase), True].add(FILLER)
    return found


def _in_one_standard(phrase: str) -> tuple[str, ...]:
    return tuple(in_one_standard(word) for word in texts_of(phrase))


@cache
def forms_in_phrases() -> frozenset[str]:
    """Return the forms of all words that stand in a phrase, first or further on."""
    words = {word for listed in _listed().values() for written, _, _ in listed for word in written}
    return frozenset(form for word in words for form in forms_of(word))


@cache
def soft_concepts() -> frozenset[str]:
    """Return the concepts whose words may also be part of a name."""
    return frozenset(concept for concept, entry in concept_tables().items() if entry.get("may_be_name"))


@cache
def spellings() -> tuple[str, ...]:
    """Return the single words that a typing error may have come from, those within phrases too."""
    single = (
        plain(word)
        for entry in concept_tables().values()
        for phrase in entry.get("words", ())
        for word in phrase.split()
    )
    small = (plain(phrase) for phrase in concept_tables()[FILLER]["written"] if " " not in phrase)
    return tuple(dict.fromkeys(word for word in (*single, *small) if len(word) >= _SHORTEST_SPELT))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(plain(phrase) for phrase in concept_tables()[FILLER]["written"] if " " not in phrase)


def is_filler(word: str) -> bool:
    """Whether the word asks nothing and names nothing ("og", "skal", "the")."""
    return plain(word) in _fillers()


@cache
def compound_heads() -> tuple[str, ...]:
    """Return the last parts of long words that two of them may share."""
    return tuple(table("compounds")["heads"])


@cache
def asking_which() -> frozenset[str]:
    """Return the single words that ask what or which, in lower case and bokmål."""
    said = (phrase for concept in ("what", "which") for phrase in concept_tables()[concept]["written"])
    return frozenset(in_one_standard(phrase) for phrase in said if " " not in phrase)


@cache
def person_ends() -> tuple[str, ...]:
    """Return what the name of a person's role ends in, in lower case."""
    return tuple(table("people")["persons"])


@cache
def short_firsts() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return short words that are the first part of many, and the last parts of those that are about somebody else."""
    firsts = frozenset(form for first in table("compounds")["firsts"] for form in forms_of(first))
    return firsts, tuple(table("posts")["agents"])


@cache
def pairs() -> Mapping[str, frozenset[str]]:
    """Return for each word those that belong to it further on, and are then no part of a time."""
    found: dict[str, set[str]] = defaultdict(set)
    for first, second in table("compounds")["pairs"]:
        found[first].add(second)
    return {first: frozenset(seconds) for first, seconds in found.items()}


@cache
def gathering_forms() -> frozenset[str]:
    """Return what people come together at, in the forms that words are compared by."""
    return frozenset(form for name in gatherings() for form in forms_of(name))


@cache
def meeting_forms() -> frozenset[str]:
    """Return what is said of anything that people come to ("møte"), in the forms that words are compared by."""
    return frozenset(form for name in concept_tables()["event"]["words"] for form in forms_of(name) if len(form) > 2)


@cache
def vague_ends() -> tuple[str, ...]:
    """Return last parts of long words that say no more than "what has to do with it" ("greier"), in lower case."""
    return tuple(table("compounds")["vague_ends"])


@cache
def around() -> tuple[re.Pattern[str], ...]:
    """Return what stands around a name and says no more than "about": "har med … å gjøre"; the name is the group."""
    pieces = ((re.escape(before), re.escape(behind)) for before, behind in table("compounds")["around"])
    return tuple(re.compile(rf"\b{before}\s(.+?)\s{behind}\b", re.IGNORECASE) for before, behind in pieces)


@cache
def gatherings() -> tuple[str, ...]:
    """Return what people come together at, as it is written in the singular."""
    return tuple(table("compounds")["gatherings"])


def is_gathering(word: Word) -> bool:
    """Whether the word is something that people come together at, alone or as the last part ("nettseminar")."""
    return any(form.endswith(tuple(gathering_forms())) for form in word.forms)


def is_everywhere(location: str) -> bool:
    """Whether a place is that of everybody of a kind ("ved hver enkelt skole"), and so tells who is concerned."""
    words = [plain(word.text) for word in words_of(location)[:2]]
    return any(word in _everywhere() for word in words)


@cache
def _everywhere() -> frozenset[str]:
    return frozenset(table("people")["everywhere"])


@cache
def joiners() -> frozenset[str]:
    """Return the words that end what a title is called."""
    return frozenset(table("compounds")["joiners"])


def is_link(word: str) -> bool:
    """Whether the word stands between a role and what it is of ("leder for SFO"), so that no name begins with it."""
    return plain(word) in _links()


@cache
def _links() -> frozenset[str]:
    return frozenset(table("posts")["links"])


@cache
def short_names() -> Mapping[str, str]:
    """Return what short names of the field stand for, both in lower case."""
    return dict(table("compounds")["short"])


@cache
def _english() -> tuple[Mapping[str, Sequence[Word]], int]:
    """The Norwegian words by the words of each English phrase, and how many of these the longest has."""
    words = {" ".join(_bare(phrase)): _norwegian(meant) for phrase, meant in table("english")["words"].items()}
    return words, max(phrase.count(" ") + 1 for phrase in words)


def _bare(phrase: str) -> list[str]:
    return [plain(word.text) for word in words_of(phrase)]


def _norwegian(meant: str | list[str]) -> Sequence[Word]:
    """The words that are meant; one word with the forms of all, where it may be one or another."""
    if isinstance(meant, str):
        return words_of(meant)
    forms = tuple(dict.fromkeys(form for one in meant for form in forms_of(one)))
    return (Word(text="/".join(meant), start=0, stop=0, forms=forms),)


def as_norwegian(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with those that english.toml knows put into Norwegian, at the place they had."""
    known, longest = _english()
    out: list[Word] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            group = words[at : at + length]
            meant = known.get(" ".join(plain(word.text) for word in group))
            if meant:
                start, stop = group[0].start, group[-1].stop
                out.extend(Word(text=w.text, start=start, stop=stop, forms=w.forms) for w in meant)
                break
        else:
            length = 1
            out.append(words[at])
        at += length
    return tuple(out)
