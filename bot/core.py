"""The one dispatch: a message in, a reply out, the same for every platform."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from bot.answers.asking import Asking
from bot.answers.breaks import ask_break, with_breaks_told
from bot.answers.calendar_feeds import shown_in
from bot.answers.cards import card
from bot.answers.digest_news import Recent
from bot.answers.digests import digest_reply
from bot.answers.documents import read_in, refuse_to_read_in
from bot.answers.elsewhere import not_followed, with_ended, with_last_plans
from bot.answers.facts import Facts
from bot.answers.filling_in import form_for
from bot.answers.help import buttons, examples, nearby
from bot.answers.quoting import quoted
from bot.answers.registry import ANSWERS, OF_FOLLOWED
from bot.answers.suggesting import suggested
from bot.breaks import BreakName
from bot.calendar_feed import Appointment, CalendarFeed, appointments
from bot.digest import Subscription
from bot.errors import NothingThere, NotUnderstood, PlanvaktError, TooLong, UnknownBreak
from bot.followed import only
from bot.forms import Form
from bot.languages import LONGEST, as_they_chose, language_in, language_of_form, to_answer
from bot.messages import FormName, Message, Reply
from bot.model import Book, Language, ProposedPlan
from bot.ports import Store, Stores
from bot.remembering import as_told, remember, remembered
from bot.render import render, render_error, with_note
from bot.school_calendar import with_breaks
from bot.school_years import on_day
from bot.understanding.completion import as_remark
from bot.understanding.frame import Frame, Intent, OpenQuestion
from bot.understanding.hearing import hear
from bot.understanding.language import language_of
from bot.understanding.reading import DECLINED, as_chosen, question_in, read
from bot.understanding.resuming import Talk, resumed

T = TypeVar("T")

# Politeness, help and the calendar leave the conversation where it was.
_LEAVES_THREAD = (Intent.SMALLTALK, Intent.HELP, Intent.CALENDAR)


class Bot:
    """Answers messages from the plans that it is given the way to; `address` is where our own pages are reached."""

    def __init__(self, stores: Stores, address: str | None = None) -> None:
        self._stores = stores
        self._address = address

    def reply(self, message: Message) -> Reply:
        """Return the answer, a refusal or a plain "I can't"; whatever has a name in bot.errors becomes an answer."""
        try:
            store = self._stores.of(message.organisation)
            message = as_they_chose(message, store)
            if len(message.text) > LONGEST:
                raise TooLong(longest=LONGEST)
            before = remembered(store, message)
        except PlanvaktError as error:
            return render_error(error, language_in(message, None), message.now.date())
        try:
            return self._answer(store, message, before)
        except PlanvaktError as error:
            return render_error(error, language_in(message, before), message.now.date())

    def read_in(self, message: Message, proposed: ProposedPlan) -> Reply:
        """Keep a plan that a file held, and tell what it holds and would change; a press takes it in. Or refuse."""

        def answered(asking: Asking) -> Reply:
            return _rendered(asking, read_in(asking, proposed))

        return self._handed_in(message, proposed.language, answered)

    def refusal_to_read_in(self, message: Message) -> Reply | None:
        """Return the refusal for whoever may take in no plan: to be asked before a file is fetched."""

        def answered(asking: Asking) -> None:
            refuse_to_read_in(asking)

        return self._handed_in(message, Language.NB, answered)

    def form(self, message: Message, name: FormName, key: str) -> Form | Reply:
        """Return a form about what has the key, or a refusal; what it becomes is asked for permission once more."""
        language = language_of(message.text[:LONGEST])
        try:
            store = self._stores.of(message.organisation)
            message = as_they_chose(message, store)
            language = language_of_form(message, remembered(store, message))
            frame = Frame(intent=Intent.OUT_OF_SCOPE, language=language)
            asker, book = store.people.find(message.sender), on_day(store.plans.book(), message.now.date())
            followed = _followed(store, message.sender.platform, message.channel, book)
            near = None if followed is book else followed
            asking = Asking(message=message, asker=asker, frame=frame, book=book, store=store, followed=near)
            found = form_for(asking, name, key)
        except PlanvaktError as error:
            return render_error(error, language, message.now.date())
        return found if isinstance(found, Form) else _rendered(asking, found)

    def language(self, message: Message) -> Language:
        """Return the language to answer the sender in: the one they chose, else that of the words or those before."""
        try:
            store = self._stores.of(message.organisation)
            message = as_they_chose(message, store)
            return language_in(message, remembered(store, message))
        except PlanvaktError:
            return language_of(message.text[:LONGEST])

    def suggestions(self, message: Message) -> tuple[str, ...]:
        """Return what the sender may want to ask, in the language of the talk; at most four sentences."""
        try:
            store = self._stores.of(message.organisation)
            message = as_they_chose(message, store)
            return suggested(store, message, language_in(message, remembered(store, message)))
        except PlanvaktError:
            return ()

    def card(self, message: Message, key: str) -> Reply | None:
        """Return an item in short, for all who read where the sender has shared its address; None for no item's."""
        try:
            return card(self._stores.of(message.organisation), message, key)
        except PlanvaktError:
            return None

    def digest(self, store: Store, subscription: Subscription, now: datetime) -> Reply:
        """Return the digest of the ISO week that `now` lies in: what is posted, and what a preview shows."""
        (made,) = self.digests(store, (subscription,), now)
        if isinstance(made, Exception):
            raise made
        return made

    def digests(
        self, store: Store, subscriptions: Sequence[Subscription], now: datetime
    ) -> tuple[Reply | Exception, ...]:
        """Return the digest of each, from one reading of the plans; or why it cannot be made, which stops no other."""
        book, recent = on_day(store.plans.book(), now.date()), Recent(store, subscriptions)
        followed = {
            platform: store.channels.followed_in(platform, [one.channel for one in subscriptions])
            for platform in {one.platform for one in subscriptions}
        }

        def made(one: Subscription) -> Reply | Exception:
            try:
                return digest_reply(recent, only(book, followed[one.platform].get(one.channel, ())), one, now)
            except Exception as error:
                return error

        return tuple(map(made, subscriptions))

    def calendar(self, store: Store, feed: CalendarFeed, today: date) -> tuple[Appointment, ...]:
        """Return what a calendar feed shows: a channel's what its digest may be about, a person's own all there is."""
        book = store.plans.book()
        if feed.of.platform is None:
            return appointments(book, today)
        followed = _followed(store, feed.of.platform, feed.of.channel, book)
        return appointments(followed, today, shown_in(store, followed, feed.of))

    def _handed_in(self, message: Message, written_in: Language, answered: Callable[[Asking], T]) -> T | Reply:
        """Answer somebody who hands in a file; what they write with it, or the file, tells in which language."""
        language = language_of(message.text[:LONGEST], written_in)
        try:
            store = self._stores.of(message.organisation)
            message, before = as_they_chose(message, store), remembered(store, message)
            spoken = language_of(message.text[:LONGEST], before.language if before else written_in)
            language = message.language or spoken
            frame = Frame(intent=Intent.DOCUMENT_READ, language=language)
            asker, book = store.people.find(message.sender), on_day(store.plans.book(), message.now.date())
            return answered(Asking(message=message, asker=asker, frame=frame, book=book, store=store))
        except PlanvaktError as error:
            return render_error(error, language, message.now.date(), Intent.DOCUMENT_READ)

    def _answer(self, store: Store, message: Message, before: Frame | None) -> Reply:
        book = on_day(store.plans.book(), message.now.date())
        said = as_chosen(message, book, before) if before is not None and before.open is not None else message
        talk = resumed(said.text, before, message.now.date())
        before, book = talk.before, with_breaks(book, talk.told)
        message = as_remark(replace(message, text=talk.text), book, before)
        followed = _followed(store, message.sender.platform, message.channel, book)
        asker = store.people.find(message.sender)
        try:
            heard = hear(message, book, followed, before)
        except NotUnderstood as error:
            other = None if followed is book else _elsewhere(store, message, before, book, followed)
            return (
                other
                or _quoted(store, message, before, followed)
                or _cannot(error, message, followed, language_in(message, before))
            )
        except UnknownBreak as unknown:
            unread = Frame(intent=Intent.ASK_BREAK, language=language_in(message, before))
            asking = Asking(message=message, asker=asker, frame=unread, book=followed, store=store)
            return _asked_back(asking, unknown, talk)
        everywhere = heard.frame.intent not in OF_FOLLOWED
        asking = Asking(
            message=message,
            asker=asker,
            frame=heard.frame,
            book=book if everywhere else heard.book,
            store=store,
            followed=heard.book if everywhere and heard.book is not book else None,
            address=self._address,
        )
        reply, is_empty = _told(asking, talk)
        if is_empty and followed is not book and heard.book is followed:
            return _elsewhere(store, message, before, book, followed) or reply
        return reply


def _told(heard: Asking, talk: Talk) -> tuple[Reply, bool]:
    """The answer, and whether it has nothing of what was asked for; the talk goes on in the language of its words."""
    asking = to_answer(heard)
    frame, message, before = asking.frame, asking.message, talk.before
    try:
        facts = with_breaks_told(asking, with_ended(asking, ANSWERS[frame.intent](asking)), talk)
    except NotUnderstood as error:
        quote = _quoted(asking.store, message, before, asking.near)
        return quote or _cannot(error, message, asking.near, language_in(message, before), asking), quote is None
    except UnknownBreak as unknown:
        return _asked_back(heard, unknown, talk), False
    except PlanvaktError as error:  # a refusal is in the language of the command that it refuses
        return render_error(error, frame.language, message.now.date(), frame.intent), False
    if frame.intent not in _LEAVES_THREAD:
        remember(asking, replace(as_told(frame, facts, before), language=heard.frame.language, told=talk.told))
    elif before is not None and before.asks and frame.state == DECLINED:
        remember(asking, replace(before, asks=()))
    return _rendered(asking, facts), not facts.items


def _quoted(store: Store, message: Message, before: Frame | None, book: Book) -> Reply | None:
    """What the plans say in running text of a question that nothing else answers; None for what cannot be read."""
    text, language = question_in(message, before)
    try:
        facts = quoted(message, text, language, book, store)
    except PlanvaktError:
        return None
    return None if facts is None else render(facts, Intent.PLAN_SAYS, message.language or language, message.now.date())


def _asked_back(asking: Asking, unknown: UnknownBreak, talk: Talk) -> Reply:
    """The question when a break is; what was asked is kept until somebody tells."""
    waits = OpenQuestion(text=talk.text, lacks=BreakName(str(unknown.values["name"])), before=talk.before)
    frame = Frame(intent=Intent.ASK_BREAK, language=asking.frame.language, open=waits, told=talk.told)
    asking = to_answer(replace(asking, frame=frame))
    facts = ask_break(asking, unknown)
    remember(asking, replace(frame, choices=facts.choices))
    return _rendered(asking, facts)


def _followed(store: Store, platform: str, channel: str | None, book: Book) -> Book:
    """The plans that a channel follows; all of them elsewhere."""
    return book if channel is None else only(book, store.channels.followed(platform, channel))


def _elsewhere(store: Store, message: Message, before: Frame | None, book: Book, followed: Book) -> Reply | None:
    """What is told where only plans that the channel does not follow have what was named."""
    try:
        frame = read(message, book, before)
    except PlanvaktError:
        return None
    asker = store.people.find(message.sender)
    asking = to_answer(Asking(message=message, asker=asker, frame=frame, book=book, store=store))
    facts = not_followed(asking, followed)
    return None if facts is None else _rendered(asking, facts)


def _rendered(asking: Asking, facts: Facts) -> Reply:
    frame, language = asking.frame, facts.language or asking.frame.language
    reply = render(facts, frame.intent, language, asking.today, asking.book)
    if not frame.unheard:
        return reply
    told = Facts(template="told_besides", values={"words": frame.unheard})
    return with_note(reply, render(told, frame.intent, language, asking.today))


def _cannot(
    error: PlanvaktError, message: Message, book: Book, language: Language, asking: Asking | None = None
) -> Reply:
    """A plain no, with sentences near the message that have an answer in these plans.

    Where only a name is missing, and plans are over, it is told when they ended.
    """
    today = message.now.date()
    sentences = nearby(message.text, examples(book, language, today))
    facts = Facts(template=error.template, values={**error.values, "sentences": sentences}, buttons=buttons(sentences))
    if asking is not None:
        facts = with_ended(asking, facts)
    elif isinstance(error, NothingThere):
        facts = with_last_plans(facts, book, language, today)
    return render(facts, Intent.OUT_OF_SCOPE, language, today, book)
