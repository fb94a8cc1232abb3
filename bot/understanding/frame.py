"""A message that has been read: what is asked, about what, when, and in which state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.breaks import BreakName, SchoolBreak
from bot.messages import Period
from bot.model import Kind, Language


class Intent(StrEnum):
    """What a message wants; one name through examples, answer, template and tests."""

    EVENTS_IN_SPAN = "events_in_span"
    NEXT_OCCURRENCE = "next_occurrence"
    LAST_OCCURRENCE = "last_occurrence"
    LIST_OCCURRENCES = "list_occurrences"
    RESPONSIBLE_FOR = "responsible_for"
    DUTIES_OF_ROLE = "duties_of_role"
    AUDIENCE_OF = "audience_of"
    TIME_OR_PLACE_OF = "time_or_place_of"
    CONTENT_OF = "content_of"
    PLAN_SAYS = "plan_says"
    MEASURES_BY_STATUS = "measures_by_status"
    MILESTONES = "milestones"
    GOALS = "goals"
    MODULES = "modules"
    CONFLICTS = "conflicts"
    FREE_DAYS = "free_days"
    CHANGES_SINCE = "changes_since"
    COUNT = "count"
    SOURCE = "source"
    PLANS = "plans"
    FOLLOWED_PLANS = "followed_plans"
    CALENDAR = "calendar"
    HELP = "help"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"
    OWN_SETTINGS = "own_settings"
    OWN_LANGUAGE = "own_language"
    PLAN_STATUS = "plan_status"
    PLAN_EVALUATION = "plan_evaluation"
    MY_MEASURES = "my_measures"
    MARK_DONE = "mark_done"
    MARK_STARTED = "mark_started"
    MARK_OPEN = "mark_open"
    MARK_DROPPED = "mark_dropped"
    MARK_NEXT_YEAR = "mark_next_year"
    NOTE_ITEM = "note_item"
    NOTE_WORKED = "note_worked"
    NOTE_CARRY_ON = "note_carry_on"
    QUESTIONS = "questions"
    QUESTIONS_ON = "questions_on"
    QUESTIONS_OFF = "questions_off"
    UNDO = "undo"
    SHOW_ITEM = "show_item"
    ITEM_HISTORY = "item_history"
    NEW_ITEM = "new_item"
    NEW_MEASURE = "new_measure"
    MOVE_ITEM = "move_item"
    POSTPONE_ITEM = "postpone_item"
    CANCEL_ITEM = "cancel_item"
    DELETE_ITEM = "delete_item"
    WRITE_ITEM = "write_item"
    ASSIGN_ITEM = "assign_item"
    CHECK_DOUBTS = "check_doubts"
    SKIP_DOUBT = "skip_doubt"
    SETTLE_DOUBT = "settle_doubt"
    ROLES = "roles"
    PERSON_ROLES = "person_roles"
    WHO_MAY = "who_may"
    UNITS = "units"
    UNITS_LEFT = "units_left"
    UNIT_PART = "unit_part"
    SET_UNIT = "set_unit"
    REMOVE_UNIT = "remove_unit"
    GIVE_ROLE = "give_role"
    TAKE_ROLE = "take_role"
    DOCUMENT_READ = "document_read"
    DOCUMENT_TAKE = "document_take"
    DOCUMENT_CHANGES = "document_changes"
    DOCUMENT_ITEMS = "document_items"
    DOCUMENT_DISCARD = "document_discard"
    ASK_PLAN = "ask_plan"
    FOLLOW_PLANS = "follow_plans"
    UNFOLLOW_PLANS = "unfollow_plans"
    CALENDAR_FEED = "calendar_feed"
    CALENDAR_FEED_RENEW = "calendar_feed_renew"
    CALENDAR_FEED_OFF = "calendar_feed_off"
    BREAKS = "breaks"
    SET_BREAK = "set_break"
    REMOVE_BREAK = "remove_break"
    ASK_BREAK = "ask_break"
    DIGEST_HERE = "digest_here"
    DIGEST_TO_ME = "digest_to_me"
    DIGEST_WHEN = "digest_when"
    DIGEST_WHY = "digest_why"
    DIGEST_SHOW = "digest_show"
    DIGEST_PAUSE = "digest_pause"
    DIGEST_OFF = "digest_off"
    REMINDERS = "reminders"
    REMINDERS_ON = "reminders_on"
    REMINDERS_OFF = "reminders_off"
    REMINDERS_SET = "reminders_set"
    REMINDERS_OWN = "reminders_own"
    REMINDERS_AS_ALL = "reminders_as_all"
    REMIND_LATER = "remind_later"
    REMIND_NOT_MINE = "remind_not_mine"


WHETHER = "whether"  # the state of a question that wants yes or no


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The time that a question names, as it was read: its words, and the days they mean from `now`.

    `other` is the other fair reading ("neste onsdag" may be that of this week). `is_conflicting` says that the date
    has another weekday than the words. `breaks` are those that the words hang on, as the calendar has them.
    """

    text: str
    period: Period
    other: Period | None = None
    is_conflicting: bool = False
    breaks: tuple[SchoolBreak, ...] = ()

    @property
    def is_this_year(self) -> bool:
        """Whether the words are "i år" and the like: a whole year that no figure names."""
        first, last = self.period.start, self.period.end
        if first is None or last is None or any(letter.isdigit() for letter in self.text):
            return False
        return (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A message that waits for the days of a break; `before` is the frame that it followed."""

    text: str
    lacks: BreakName
    before: Frame | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`items` are the ids of the items that the names in the message point to, the best fits first.

    `names` are the words that pointed to them. `state` narrows what is asked: open, done, late, due, undated,
    unassigned, in_doubt, collide, place, clock, length, meaning and the like. `terms` are the keys of the plans' short
    names and groups. `areas` are what goals and modules are gathered under, `numbers` figures that belong to no name
    ("milepæl 3"). `only` narrows a list to what is on a weekday ("mondays"), online or not_online, in_person,
    whole_day, half_day, or for_me. `argument` is what stands behind a command, as it was written: WHAT, or ROLE and
    PERSON. `is_next` says that the next one is meant, `is_picked` that the items were picked from what was shown, and
    all of them are meant.

    What the answer was is set when the frame is kept, for the messages that go on from it: `shown` are the ids of the
    items it spoke of, in their order ("det", "den andre"); `offered` those it only told of as the next there is, which
    no command means by "det"; `shown_plans` the plans it listed; `choices` the messages that it offered to choose from.
    `earlier` is the frame that this one went on from, of the same subject. `open` is a message that was answered with
    the question when a break is; `told` are the breaks that the conversation has told since.
    `unheard` are words of what was told beside the question, which the plans do not know. `asks` is what the next
    message may answer: a field of bot.remarks, and the key of the item.
    """

    intent: Intent
    language: Language
    when: Asked | None = None
    kinds: tuple[Kind, ...] = ()
    names: tuple[str, ...] = ()
    items: tuple[int, ...] = ()
    plans: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    region: str | None = None
    areas: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    only: tuple[str, ...] = ()
    state: str | None = None
    argument: str = ""
    is_next: bool = False
    is_picked: bool = False
    shown: tuple[int, ...] = ()
    unheard: tuple[str, ...] = ()
    offered: tuple[int, ...] = ()
    shown_plans: tuple[int, ...] = ()
    choices: tuple[str, ...] = ()
    earlier: Frame | None = None
    open: OpenQuestion | None = None
    told: tuple[SchoolBreak, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def thread(self) -> tuple[Frame, ...]:
        """This frame and those that it goes on from, the newest first."""
        return (self, *(self.earlier.thread if self.earlier else ()))
