"""What must stand around a time for it to be one: tests that the grammar's rules ask for by name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.time.tokens import Token

# What a month or a season may stand behind. No "og": in "Kari og August" it joins persons, and lists have their rules.
_LEADS = (
    "in", "during", "to", "through", "until", "from", "since", "before", "after", "over", "by", "between", "about",
    "of", "part", "turn", "whole", "rest", "so_far", "every", "every_other", "whenever", "early", "late", "next",
    "last", "this", "month", "month_name", "month_short", "season", "open", "nth", "int",
)  # fmt: skip
_JOINTS = ("dash", "slash", "and", "or", "comma")


def before_no_word(tokens: Sequence[Token], start: int, end: int) -> bool:
    """A number before a word counts something: "fredag 14 møter"."""
    return end >= len(tokens) or not tokens[end].is_word


def before_no_noun(tokens: Sequence[Token], start: int, end: int) -> bool:
    """An ordinal before a word that is not of time belongs to that word: "den 3. samlinga"."""
    return end >= len(tokens) or not tokens[end].is_word or bool(tokens[end].said)


def is_no_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """May, August and the like are months behind a preposition or alone, and persons before other words."""
    lead = tokens[start - 1] if start else None
    if _is_before_a_name(tokens, end):
        return bool(lead and lead.says("in", "during", "int", "nth") and not tokens[start].is_capital)
    if lead is not None and lead.says(*_LEADS):
        return not (tokens[start].is_capital and lead.says("to"))
    if tokens[start].is_capital and lead is not None and (lead.is_word or _joins_a_person(tokens, start)):
        return False
    return before_no_word(tokens, start, end) or tokens[end].says(
        "every", "every_other", "out", "to", "through", "until"
    )


def is_no_list_of_names(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "August og Mai" are months where nothing else is said, and persons before a verb."""
    if any(
        token.says("month", "month_short") or not token.is_capital for token in tokens[start:end] if _is_month(token)
    ):
        return True
    is_behind_a_word = start > 0 and tokens[start - 1].is_word and not tokens[start - 1].says(*_LEADS)
    return before_no_word(tokens, start, end) and not is_behind_a_word and not _joins_a_person(tokens, start)


def _is_month(token: Token) -> bool:
    return token.says("month", "month_name", "month_short")


def _joins_a_person(tokens: Sequence[Token], start: int) -> bool:
    """In "Kari/Mai" and "takk, August" the word before is none of time."""
    return start > 1 and tokens[start - 1].says(*_JOINTS) and tokens[start - 2].is_word and not tokens[start - 2].said


def _is_before_a_name(tokens: Sequence[Token], end: int) -> bool:
    return end < len(tokens) and tokens[end].is_word and tokens[end].is_capital and not tokens[end].said


def is_no_our(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "vår" is a season alone or behind a preposition, unless a noun follows: "i vår barnehage"."""
    lead = tokens[start - 1] if start else None
    if lead is not None and lead.is_word and not lead.says(*_LEADS):
        return False
    return before_no_noun(tokens, start, end)


def is_led(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Short forms count behind a preposition, or where they are all there is."""
    if start and tokens[start - 1].says(*_LEADS):
        return True
    return start == 0 and before_no_word(tokens, start, end)


def is_led_or_listed(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Short weekdays count beside one another too: "man, tirs og ons"."""
    if is_led(tokens, start, end):
        return True
    before = start > 1 and tokens[start - 1].says(*_JOINTS) and tokens[start - 2].says("weekday", "weekday_short")
    behind = end + 1 < len(tokens) and tokens[end].says(*_JOINTS) and tokens[end + 1].says("weekday", "weekday_short")
    return before or behind


def is_no_number_of_something(tokens: Sequence[Token], start: int, end: int) -> bool:
    """In "Samling 3 - 5. mars" the 3 belongs to the meeting."""
    if not start or not tokens[start].text.isdigit():
        return True
    if not _is_noun(tokens[start - 1]):
        return True
    return tokens[start + 1].text == "-" and tokens[start + 1].is_glued


def is_no_label_number(tokens: Sequence[Token], start: int, end: int) -> bool:
    """In "punkt 3.12" and "kr 2000" the word before decides what the figures are."""
    return not start or not tokens[start - 1].says("label") or tokens[start].text.endswith(".")


def is_a_year(tokens: Sequence[Token], start: int, end: int) -> bool:
    """2023 is a year, unless it counts what follows or numbers what stands before."""
    if end < len(tokens) and tokens[end].says("label"):
        return False
    return is_no_label_number(tokens, start, end) and before_no_noun(tokens, start, end)


def is_no_pronoun(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "man" is a weekday with its stop, with a capital, or where no verb stands before it."""
    token = tokens[start]
    if token.is_capital or token.stop - token.start > len(token.text) or not start:
        return True
    return not tokens[start - 1].is_word or tokens[start - 1].says(*_LEADS, *_JOINTS)


def _is_noun(token: Token) -> bool:
    return token.is_word and (not token.said or token.says("label"))


def stands_last(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "uka etter" hangs on what was said before only where nothing follows that it could hang on."""
    return end >= len(tokens) or not tokens[end].is_word or tokens[end].says("small")


def is_glued(tokens: Sequence[Token], start: int, end: int) -> bool:
    """A letter for a term belongs to its year: "H23"."""
    return all(token.is_glued for token in tokens[start + 1 : end])
