"""Commands, typed with a slash or said in plain words, as frames; the words are data in norwegian/."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.errors import NotUnderstood
from bot.model import Language
from bot.understanding.command_words import Act, command_words
from bot.understanding.frame import Frame, Intent
from bot.understanding.plain_orders import Known, order_in
from bot.understanding.words import plain


def read_command(text: str, language: Language, known: Known | None = None) -> Frame | None:
    """Return what a command wants, or None where the message is none, or a question behind `/plan`.

    The answer is in `language` where its standard has the command's word, else in the first that has it. `known`
    tells what the plans have, which some words in plain Norwegian need to be a command; without it they have all.
    Raises NotUnderstood for a command that there is not, NotOne for one that is about many at once.
    """
    said = " ".join(text.split())
    if said.startswith("/"):
        return _slash(said[1:].lstrip(), language)
    bare = said.rstrip("!. ")
    return (None if said.endswith("?") else _typed(bare, language)) or order_in(said, language, known or Known())


def without_command(text: str, language: Language = Language.NB) -> str:
    """Return the question that stands behind `/plan`; that about this week where there is none."""
    said = text.strip()
    name, _, rest = said.partition(" ")
    if not name.startswith("/"):
        return said
    return rest.strip() or command_words().this_week[language]


def is_speaker(words: str) -> bool:
    """Whether the words are "jeg" and the like."""
    return plain(words) in command_words().speaker


def points(words: str) -> bool:
    """Whether the words stand for what the last answer showed."""
    return plain(words) in command_words().pointing


def ways_to_settle(language: Language) -> Mapping[str, str]:
    """Return how each way to settle a doubt is typed behind the item's key, by its name."""
    return {way: said[0] for (way, of), said in command_words().settling.items() if of is language}


def way_to_settle(words: str) -> str | None:
    """Return the name of the way to settle a doubt that the words are, in any standard; None for a date."""
    bare = plain(words).strip(' .!"«»')
    return next((way for (way, _), said in command_words().settling.items() if bare in said), None)


def is_skipping(words: str) -> bool:
    """Whether the words skip what was just asked about, in any standard."""
    bare = plain(words).strip(' .!"«»')
    return any(act.word == bare for act in command_words().acts if act.intent is Intent.SKIP_DOUBT)


def typed(intent: Intent, language: Language, argument: str = "") -> str:
    """Return the slash command that wants this, in the words of a written standard: what a button says."""
    return " ".join(filter(None, (command_words().typed[intent, language], argument)))


def behind_key(said: str, key: str) -> str:
    """Return what stands behind the key in what a button says."""
    return said.partition(f" {key} ")[2]


def typed_in_plan(language: Language, plan: str) -> str:
    """Return "i KIBS": how a plan is named behind a command."""
    return f"{command_words().in_plan[language]} {plan}"


def typed_for_role(language: Language, role: str) -> str:
    """Return "ansvar Rektor": how the role that a new measure is for is named behind a command."""
    return f"{command_words().for_role[language]} {role}"


def part_role(words: str) -> tuple[str, str]:
    """Return the words and the role that is named behind them ("… ansvar Rektor"); none where none is."""
    said = "|".join(map(re.escape, sorted(set(command_words().for_role.values()))))
    found = re.search(rf"(?:^|\s)(?:{said})\s+(\S.*)$", words, re.IGNORECASE)
    return (words, "") if found is None else (words[: found.start()].strip(), found[1].strip(' "«».'))


def last_meeting(language: Language) -> str:
    """Return what can be asked of a plan that is over, whatever was asked of it."""
    return command_words().last_meeting[language]


def all_plans(language: Language) -> str:
    """Return what stands behind a command that is about all plans."""
    return command_words().all_typed[language]


def means_all_plans(words: str) -> bool:
    """Whether the words are "alle" and the like."""
    return plain(words).strip(' .!"«»') in command_words().all_plans


def is_between_plans(word: str) -> bool:
    """Whether the word stands between the plans of a list ("KIBS og SEPU")."""
    return plain(word) in command_words().between_plans


def leads_to_plan(word: str) -> bool:
    """Whether what stands behind the word may be a plan's short name ("i KIBS", "planen KIBS")."""
    return plain(word) in command_words().before_plan


def _slash(said: str, language: Language) -> Frame | None:
    name, _, rest = said.partition(" ")
    command = command_words().commands.get(plain(name))
    frame = _acted(command, rest.strip(), language) if command else None
    if frame is None and command != "plan":
        is_for_help = command_words().commands.get(plain(rest.strip())) == "hjelp"
        raise NotUnderstood("unknown_command", said=said, command=command, is_for_help=is_for_help)
    return frame


def _typed(said: str, language: Language) -> Frame | None:
    """A command whose slash is left out; one without words is none, as "tiltak" alone asks for something."""
    name, _, rest = said.partition(" ")
    command = command_words().commands.get(plain(name))
    return _acted(command, rest.strip(), language) if command and rest else None


def _acted(command: str, rest: str, language: Language) -> Frame | None:
    for act in command_words().acts:
        if act.command == command and (argument := _behind(act, rest)) is not None:
            return _frame(act.intent, act.languages, language, argument)
    return None


def _behind(act: Act, rest: str) -> str | None:
    """What stands behind the act's word, or None where the message is another act."""
    folded = plain(rest)
    if folded == act.word and not act.is_numbered:
        return ""
    if act.is_bare or not act.word or not folded.startswith(act.word + " "):
        return None
    behind = rest[len(act.word) :].strip()
    return None if act.is_numbered and not behind[:1].isdigit() else behind


def _frame(intent: Intent, has: tuple[Language, ...], language: Language, argument: str) -> Frame:
    return Frame(intent=intent, language=language if language in has else has[0], argument=argument)
