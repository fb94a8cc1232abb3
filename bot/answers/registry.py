"""Which function answers which intent; a new kind of question is one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.answers.about import audience_of, content_of, time_or_place_of
from bot.answers.adding import new_item
from bot.answers.adding_measures import new_measure
from bot.answers.asking import Asking
from bot.answers.assigning import assign_item
from bot.answers.breaks import remove_break, set_break, show_breaks
from bot.answers.calendar_day import calendar
from bot.answers.calendar_feeds import calendar_feed, calendar_feed_off, calendar_feed_renew
from bot.answers.changing import cancel_item, delete_item, move_item, postpone_item, write_item
from bot.answers.completion import questions, questions_off, questions_on
from bot.answers.counts import count
from bot.answers.developments import changes_since
from bot.answers.digest_settings import digest_here, digest_off, digest_pause, digest_to_me
from bot.answers.digest_when import digest_when
from bot.answers.digest_why import digest_why
from bot.answers.digests import digest_show
from bot.answers.documents import discard_document, show_document, take_document
from bot.answers.duties import duties_of_role
from bot.answers.evaluation import plan_evaluation
from bot.answers.events import events_in_span
from bot.answers.facts import Facts
from bot.answers.following import follow_plans, followed_plans, unfollow_plans
from bot.answers.free_days import free_days
from bot.answers.goals import goals
from bot.answers.help import help_with, smalltalk
from bot.answers.history import item_history, show_item
from bot.answers.marking import mark_done, mark_dropped, mark_next_year, mark_open, mark_started
from bot.answers.measures import measures_by_status
from bot.answers.milestones import milestones
from bot.answers.modules import modules
from bot.answers.noting import note_carry_on, note_item, note_worked
from bot.answers.occurrences import last_occurrence, list_occurrences, next_occurrence
from bot.answers.own_language import own_language
from bot.answers.own_settings import own_settings
from bot.answers.permitted import person_roles, who_may
from bot.answers.reasons import what_does_not_add_up
from bot.answers.reminding import (
    not_mine,
    remind_later,
    reminders_as_all,
    reminders_off,
    reminders_on,
    reminders_own,
    set_reminders,
    show_reminders,
)
from bot.answers.responsible import responsible_for
from bot.answers.roles import give_role, roles, take_role
from bot.answers.settling import check_doubts, settle_doubt, skip_doubt
from bot.answers.source import plans, source
from bot.answers.status import my_measures, plan_status
from bot.answers.undoing import undo
from bot.answers.units import remove_unit, set_unit, units
from bot.answers.units_left import unit_part, units_left
from bot.understanding.frame import Intent

ANSWERS: Mapping[Intent, Callable[[Asking], Facts]] = {
    Intent.EVENTS_IN_SPAN: events_in_span,
    Intent.NEXT_OCCURRENCE: next_occurrence,
    Intent.LAST_OCCURRENCE: last_occurrence,
    Intent.LIST_OCCURRENCES: list_occurrences,
    Intent.RESPONSIBLE_FOR: responsible_for,
    Intent.DUTIES_OF_ROLE: duties_of_role,
    Intent.AUDIENCE_OF: audience_of,
    Intent.TIME_OR_PLACE_OF: time_or_place_of,
    Intent.CONTENT_OF: content_of,
    Intent.MEASURES_BY_STATUS: measures_by_status,
    Intent.MILESTONES: milestones,
    Intent.GOALS: goals,
    Intent.MODULES: modules,
    Intent.CONFLICTS: what_does_not_add_up,
    Intent.FREE_DAYS: free_days,
    Intent.CHANGES_SINCE: changes_since,
    Intent.COUNT: count,
    Intent.SOURCE: source,
    Intent.PLANS: plans,
    Intent.CALENDAR: calendar,
    Intent.HELP: help_with,
    Intent.SMALLTALK: smalltalk,
    Intent.OWN_SETTINGS: own_settings,
    Intent.OWN_LANGUAGE: own_language,
    Intent.PLAN_STATUS: plan_status,
    Intent.PLAN_EVALUATION: plan_evaluation,
    Intent.MY_MEASURES: my_measures,
    Intent.MARK_DONE: mark_done,
    Intent.MARK_STARTED: mark_started,
    Intent.MARK_OPEN: mark_open,
    Intent.MARK_DROPPED: mark_dropped,
    Intent.MARK_NEXT_YEAR: mark_next_year,
    Intent.NOTE_ITEM: note_item,
    Intent.NOTE_WORKED: note_worked,
    Intent.NOTE_CARRY_ON: note_carry_on,
    Intent.QUESTIONS: questions,
    Intent.QUESTIONS_ON: questions_on,
    Intent.QUESTIONS_OFF: questions_off,
    Intent.UNDO: undo,
    Intent.NEW_ITEM: new_item,
    Intent.NEW_MEASURE: new_measure,
    Intent.MOVE_ITEM: move_item,
    Intent.POSTPONE_ITEM: postpone_item,
    Intent.CANCEL_ITEM: cancel_item,
    Intent.DELETE_ITEM: delete_item,
    Intent.WRITE_ITEM: write_item,
    Intent.ASSIGN_ITEM: assign_item,
    Intent.CHECK_DOUBTS: check_doubts,
    Intent.SKIP_DOUBT: skip_doubt,
    Intent.SETTLE_DOUBT: settle_doubt,
    Intent.SHOW_ITEM: show_item,
    Intent.ITEM_HISTORY: item_history,
    Intent.ROLES: roles,
    Intent.PERSON_ROLES: person_roles,
    Intent.WHO_MAY: who_may,
    Intent.UNITS: units,
    Intent.UNITS_LEFT: units_left,
    Intent.UNIT_PART: unit_part,
    Intent.SET_UNIT: set_unit,
    Intent.REMOVE_UNIT: remove_unit,
    Intent.GIVE_ROLE: give_role,
    Intent.TAKE_ROLE: take_role,
    Intent.DOCUMENT_TAKE: take_document,
    Intent.DOCUMENT_CHANGES: show_document,
    Intent.DOCUMENT_ITEMS: show_document,
    Intent.DOCUMENT_DISCARD: discard_document,
    Intent.FOLLOWED_PLANS: followed_plans,
    Intent.FOLLOW_PLANS: follow_plans,
    Intent.UNFOLLOW_PLANS: unfollow_plans,
    Intent.CALENDAR_FEED: calendar_feed,
    Intent.CALENDAR_FEED_RENEW: calendar_feed_renew,
    Intent.CALENDAR_FEED_OFF: calendar_feed_off,
    Intent.BREAKS: show_breaks,
    Intent.SET_BREAK: set_break,
    Intent.REMOVE_BREAK: remove_break,
    Intent.DIGEST_HERE: digest_here,
    Intent.DIGEST_TO_ME: digest_to_me,
    Intent.DIGEST_WHEN: digest_when,
    Intent.DIGEST_WHY: digest_why,
    Intent.DIGEST_SHOW: digest_show,
    Intent.DIGEST_PAUSE: digest_pause,
    Intent.DIGEST_OFF: digest_off,
    Intent.REMINDERS: show_reminders,
    Intent.REMINDERS_ON: reminders_on,
    Intent.REMINDERS_OFF: reminders_off,
    Intent.REMINDERS_SET: set_reminders,
    Intent.REMINDERS_OWN: reminders_own,
    Intent.REMINDERS_AS_ALL: reminders_as_all,
    Intent.REMIND_LATER: remind_later,
    Intent.REMIND_NOT_MINE: not_mine,
}

# What tells of items: where it has none, what other plans have is told.
QUESTIONS = frozenset(
    {
        Intent.EVENTS_IN_SPAN,
        Intent.NEXT_OCCURRENCE,
        Intent.LAST_OCCURRENCE,
        Intent.LIST_OCCURRENCES,
        Intent.RESPONSIBLE_FOR,
        Intent.DUTIES_OF_ROLE,
        Intent.AUDIENCE_OF,
        Intent.TIME_OR_PLACE_OF,
        Intent.CONTENT_OF,
        Intent.MEASURES_BY_STATUS,
        Intent.MILESTONES,
        Intent.GOALS,
        Intent.MODULES,
        Intent.CONFLICTS,
        Intent.FREE_DAYS,
        Intent.COUNT,
        Intent.SOURCE,
    }
)
# What speaks of the plans that a channel follows, and of no others; all else works in every plan.
OF_FOLLOWED = QUESTIONS | {
    Intent.CHANGES_SINCE,
    Intent.PLANS,
    Intent.HELP,
    Intent.SMALLTALK,
    Intent.PLAN_STATUS,
    Intent.CHECK_DOUBTS,
    Intent.ROLES,
    Intent.UNITS_LEFT,
    Intent.UNIT_PART,
    Intent.DIGEST_SHOW,
}
