"""What must stand around a time for it to be one: tests that the grammar's rules ask for by name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.time.tokens import Token

# What a month or a season may stand behind. No "og": in "Kari og August" it joins persons, and lists have their rules.
_LEADS = (
    "in", "during", "to", "through", "until", "from", "since", "before", "after", "over", "by", "between", "about",
    "of", "part", "turn", "whole", "rest", "so_far", "every", "every_other", "whenever", "early", "late", "next",
    "last", "this", "month", "month_name", "month_short", "season", "open", "nth", "int", "beginning",
)  # fmt: skip
# Before a colon these tell that a time follows: "Oppstart: aug."
_LABELS = ("cell_label", "beginning", "begins", "by")
_SAID_OF_ANYTHING = 2
# The words of the longest phrase of these.
_LONGEST_LEAD = 5
_JOINTS = ("dash", "slash", "and", "or", "comma")


def before_no_word(tokens: Sequence[Token], start: int, end: int) -> bool:
    """A number before a word counts something: "fredag 14 møter"."""
    return end >= len(tokens) or not tokens[end].is_word


def before_no_more(tokens: Sequence[Token], start: int, end: int) -> bool:
    """What stands at the end of a time hangs on that only where nothing follows that it could belong to."""
    return end >= len(tokens) or not (tokens[end].is_word or tokens[end].is_number)


def before_no_noun(tokens: Sequence[Token], start: int, end: int) -> bool:
    """An ordinal before a word that is not of time belongs to that word: "den 3. samlinga"."""
    return end >= len(tokens) or not tokens[end].is_word or bool(tokens[end].said and not tokens[end].says("counted"))


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
    if start and tokens[start].is_capital and not tokens[start].has_stop and tokens[start - 1].says("to"):
        # "nummeret til Jan"
        return False
    if _has_lead(tokens, start) or (start and tokens[start - 1].says("begins")):
        return True
    if start > 1 and tokens[start - 1].says("colon") and tokens[start - 2].says(*_LABELS):
        return True
    return start == 0 and before_no_word(tokens, start, end)


def _has_lead(tokens: Sequence[Token], start: int) -> bool:
    """Whether a word or phrase that a month may stand behind ends here: "i", "fra og med"."""
    if start and tokens[start - 1].says(*_LEADS):
        return True
    return any(
        width == back and category in _LEADS
        for back in range(2, min(start, _LONGEST_LEAD) + 1)
        for category, _, width in tokens[start - back].readings
    )


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


def is_no_share(tokens: Sequence[Token], start: int, end: int) -> bool:
    """In "10/12 elever" and "10/12 av elevene" the figures are ten of twelve."""
    part, slash, whole = tokens[start].text.partition("/")
    if not slash or end >= len(tokens) or int(part) > int(whole.rstrip(".")):
        return True
    if tokens[end].says("of"):
        return end + 1 < len(tokens) and tokens[end + 1].says("year")
    return tokens[end].is_capital or not tokens[end].says("counted")


def is_no_fraction(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "1/2" before a word is a half of it, unless another day follows: "1/2 og 1/5"."""
    if before_no_word(tokens, start, end):
        return True
    return (
        tokens[end].says("and", "or", "to") and end + 1 < len(tokens) and tokens[end + 1].says("day_month", "fraction")
    )


def is_a_day_in_figures(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Figures with a stroke or a stop in them are a day, unless a word beside them counts or numbers."""
    return is_no_label_number(tokens, start, end) and is_no_share(tokens, start, start + 1)


def is_no_short_year(tokens: Sequence[Token], start: int, end: int) -> bool:
    """In "1. september -23" the last figures are the year, since the dash leans on them."""
    return not (
        end - start > 2
        and tokens[end - 1].says("two_figures")
        and tokens[end - 1].is_glued
        and tokens[end - 2].text == "-"
        and not tokens[end - 2].is_glued
        and _is_month(tokens[end - 3])
    )


def is_a_year(tokens: Sequence[Token], start: int, end: int) -> bool:
    """2023 is a year, unless it counts what follows or numbers what stands before."""
    if end < len(tokens) and (tokens[end].says("label") or _is_first_of_a_number(tokens, end)):
        return False
    return is_no_label_number(tokens, start, end) and before_no_noun(tokens, start, end)


def _is_first_of_a_number(tokens: Sequence[Token], end: int) -> bool:
    """The 2024 of "2024/123" is a part of a case's number."""
    return tokens[end].text == "/" and tokens[end].is_glued and end + 1 < len(tokens) and tokens[end + 1].is_glued


def is_a_weekday_in_letters(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "to." is Thursday before a number or a week, and beside another such weekday; without its stop it is none."""
    if not tokens[start].has_stop:
        return False
    if start > 1 and tokens[start - 1].says(*_JOINTS) and tokens[start - 2].says("weekday_letters"):
        return True
    if end >= len(tokens):
        return False
    if tokens[end].says(*_JOINTS):
        return _says(tokens, end + 1, "weekday_letters")
    return tokens[end].is_number or _says(tokens, end + tokens[end].says("in"), "week_word", "week_letter")


def _says(tokens: Sequence[Token], at: int, *categories: str) -> bool:
    return at < len(tokens) and tokens[at].says(*categories)


def is_no_pronoun(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "man" is a weekday with its stop, with a capital, or where no verb stands before it."""
    token = tokens[start]
    if token.is_capital or token.has_stop or not start:
        return True
    return not tokens[start - 1].is_word or tokens[start - 1].says(*_LEADS, *_JOINTS)


def _is_noun(token: Token) -> bool:
    return token.is_word and (not token.said or token.says("label", "counted"))


def is_no_particle(tokens: Sequence[Token], start: int, end: int) -> bool:
    """In "hvordan ser uke 3 ut?" the last word belongs to the verb."""
    return not any(token.says("out_verb") for token in tokens[max(start - 2, 0) : start])


def stands_last(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "uka etter" hangs on what was said before only where nothing follows that it could hang on."""
    return end >= len(tokens) or not tokens[end].is_word or tokens[end].says("small")


def is_written_as_one(tokens: Sequence[Token], start: int, end: int) -> bool:
    """A letter for a part of the year belongs to its number: "Q2 2024"."""
    return tokens[start + 1].is_glued


def is_a_week_alone(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "uke tre" is a week's number where no word follows that three may count; one and two are said of anything."""
    is_low = any(
        category == "number_word" and value <= _SAID_OF_ANYTHING for category, value, _ in tokens[end - 1].readings
    )
    return not is_low and before_no_word(tokens, start, end)


def is_a_capital(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "H 2025" is a term; a small letter is one with its year."""
    return tokens[start].is_capital


def ends_glued(tokens: Sequence[Token], start: int, end: int) -> bool:
    """In "17. mai-helga" the last word is one with the day."""
    return tokens[end - 1].is_glued and tokens[end - 2].is_glued


def is_glued(tokens: Sequence[Token], start: int, end: int) -> bool:
    """A letter for a term belongs to its year: "H23"."""
    return all(token.is_glued for token in tokens[start + 1 : end])
