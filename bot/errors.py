"""Everything that can go wrong and has an answer.

PlanvaktError
├── NotUnderstood            the question cannot be read
│   ├── TooLong              over 4,000 characters
│   └── NothingThere         the question is clear, but no plan has what it names
├── EndOfList                there is no more of what was shown, or not so much
├── NotFound                 nothing goes by that name; the nearest are offered
├── NotOne                   several things go by that name
├── NotAllowed               the person may not do that
├── CannotBeMarked           goals, focus areas and duties are never done
├── BadDate                  the words are no date
├── UnknownBreak             a time hangs on a break whose days nobody has told; it is asked for
├── BadLine                  a line of input is no JSON object with a text
├── BadFile                  the document cannot be read as a plan
├── BadSetting               a setting has a value that cannot be used
└── DatabaseTrouble          not there, or behind
"""

from __future__ import annotations

from collections.abc import Mapping


class PlanvaktError(Exception):
    """Has an answer a planner understands: the template of that name, filled with `values`."""

    template = "error"

    def __init__(self, template: str | None = None, /, **values: object) -> None:
        self.template = template or type(self).template
        self.values: Mapping[str, object] = values
        super().__init__(self.template, values)


class NotUnderstood(PlanvaktError):
    template = "not_understood"


class TooLong(NotUnderstood):
    template = "too_long"


class NothingThere(NotUnderstood):
    template = "unknown_name"


class EndOfList(PlanvaktError):
    template = "that_was_all"


class NotFound(PlanvaktError):
    template = "not_found"


class NotOne(PlanvaktError):
    template = "not_one"


class NotAllowed(PlanvaktError):
    template = "not_allowed"


class CannotBeMarked(PlanvaktError):
    template = "cannot_be_marked"


class BadDate(PlanvaktError):
    template = "bad_date"


class UnknownBreak(PlanvaktError):
    """`name` is the break's, `words` the time that hangs on it."""

    template = "unknown_break"


class BadLine(PlanvaktError):
    template = "bad_line"


class BadFile(PlanvaktError):
    template = "bad_file"


class BadSetting(PlanvaktError):
    template = "bad_setting"


class DatabaseTrouble(PlanvaktError):
    template = "database_trouble"
