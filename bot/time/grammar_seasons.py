"""Seasons, terms and numbered parts of a year: "i fjor høst", "vårsemesteret", "2. kvartal 2024", "H23"."""

from __future__ import annotations

from bot.time.chart import Rules
from bot.time.guards import before_no_noun, is_a_capital, is_glued, is_no_our, is_written_as_one
from bot.time.units import Part, Season, Unit, Which
from bot.time.values import Doubtful, Month, Numbered, PartOf, Range, SeasonOf, Value, Year

rules = Rules()

_NUMBERED = {Unit.HALF_YEAR: 2, Unit.TERM: 2, Unit.TERTIAL: 3, Unit.QUARTER: 4}


@rules("any_season", "s:season", "s:season_weak", "s:season_term")
def any_season(s: str) -> Season:
    return Season(s)


@rules("seasons", "s:season", "s:season_term", "whenever s:season")
def season(s: str) -> Value:
    return SeasonOf(season=Season(s))


@rules("seasons", "s:season_weak", guard=is_no_our)
def season_that_may_be_ours(s: str) -> Value:
    return SeasonOf(season=Season(s))


@rules("seasons", "s:any_season [comma] y:said_year", "y:said_shift [in] s:any_season", "y:leading_year s:any_season")
def season_of_year(s: Season, y: Value) -> Value:
    return SeasonOf(season=s, year=y)


@rules("leading_year", "y:year")
def leading_year(y: int) -> Value:
    return Year(number=y)


@rules("seasons", "s:term_letter [dash] (y:year|y:two_figures)", guard=is_glued)
@rules("seasons", "s:term_letter y:year", guard=is_a_capital)
def term_by_its_letter(s: str, y: int) -> Value:
    return SeasonOf(season=Season(s), year=Year(number=y))


@rules("seasons", "[now] to s:any_season")
def coming_season(s: Season) -> Value:
    return SeasonOf(season=s, which=Which.COMING)


@rules("seasons", "[the] next s:any_season")
def next_season(s: Season) -> Value:
    return SeasonOf(season=s, which=Which.NEXT)


@rules("seasons", "[the] last s:any_season")
def last_season(s: Season) -> Value:
    return SeasonOf(season=s, which=Which.LAST)


@rules("seasons", "this s:any_season")
def this_season(s: Season) -> Value:
    return SeasonOf(season=s, which=Which.THIS)


@rules("seasons", "s:season_early [y:said_year]")
def early_season(s: str, y: Value | None) -> Value:
    return PartOf(part=Part.START, of=SeasonOf(season=Season(s), year=y))


@rules("seasons", "s:season_late [y:said_year]")
def late_season(s: str, y: Value | None) -> Value:
    return PartOf(part=Part.END, of=SeasonOf(season=Season(s), year=y))


@rules("seasons", "[in] [the] new_year_time")
def new_year_time() -> Value:
    """ "på nyåret" is when the year is new: January, more or less."""
    return Doubtful(of=Month(month=1))


@rules(
    "one_numbered", "[the] n:ordinal u:one_unit [[comma] y:said_year]", "[the] n:ordinal u:one_unit of y:year_spoken_of"
)
def numbered(n: int, u: Unit, y: Value | None) -> Value | None:
    highest = _NUMBERED.get(u, 0)
    number = n if n > 0 else highest + 1 + n
    return Numbered(unit=u, number=number, year=y) if 0 < number <= highest else None


@rules("one_numbered", "u:one_unit n:int [[comma|in|slash] y:said_year]", guard=before_no_noun)
def numbered_behind(u: Unit, n: int, y: Value | None) -> Value | None:
    """ "kvartal 2", "termin 1"."""
    return Numbered(unit=u, number=n, year=y) if 0 < n <= _NUMBERED.get(u, 0) else None


@rules("one_numbered", "quarter_letter n:int [in|slash] [y:said_year]", guard=is_written_as_one)
def quarter_by_its_letter(n: int, y: Value | None) -> Value | None:
    return Numbered(unit=Unit.QUARTER, number=n, year=y) if 0 < n <= 4 else None


@rules("one_numbered", "tertial_letter n:int [in|slash] y:said_year", guard=is_written_as_one)
def tertial_by_its_letter(n: int, y: Value) -> Value | None:
    return Numbered(unit=Unit.TERTIAL, number=n, year=y) if 0 < n <= 3 else None


@rules("one_numbered", "quarter_letter p:month_year", guard=is_written_as_one)
def quarter_and_year(p: tuple[int, int]) -> Value | None:
    return Numbered(unit=Unit.QUARTER, number=p[0], year=Year(number=p[1])) if 0 < p[0] <= 4 else None


rules.either("numbered", "it:one_numbered")


@rules("numbered", "[the] n:ordinal (and|dash|slash|to|comma) [the] t:one_numbered")
def several_numbered(n: int, t: Numbered) -> Value | None:
    return Range(items=(Numbered(unit=t.unit, number=n, year=t.year), t)) if 0 < n < t.number else None


rules.either("year_spoken_of", "it:said_shift", "it:years", "it:spoken_year")
