"""Forms over a real database: who gets them, what stands in them, and that what they become is read as it was meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.forms import FieldKind, Form, main_field, words_of_form
from bot.messages import FormName, Message, Reply, Sender
from bot.model import Item, Language, Platform
from storage.database import Database
from tests.dialogs.plans import take_in_plans

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Oslo"))
ADMINISTRATOR = Sender(platform=Platform.COMMAND_LINE)
DOUBTS = Path(__file__).parent / "doubts_plans.toml"
STRANGER = Sender(platform=Platform.WEB, account="ola", name="Ola Hansen")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'plan.db'}")
    yield found
    found.close()


@pytest.fixture
def bot(database: Database) -> Bot:
    take_in_plans(database.of(None))
    return Bot(database)


def a_message(text: str, sender: Sender = ADMINISTRATOR, channel: str | None = "C1") -> Message:
    return Message(text=text, now=NOW, sender=sender, channel=channel, conversation="c")


def a_form(bot: Bot, name: FormName, key: str = "", text: str = "", **more: Any) -> Form:
    found = bot.form(a_message(text, **more), name, key)
    assert isinstance(found, Form), found.text
    return found


def item_of(database: Database, key: str) -> Item:
    return database.of(None).plans.book().by_key[key.casefold()]


def send(bot: Bot, form: Form, values: dict[str, str]) -> Reply:
    return bot.reply(a_message(form.says(values)))


FILLED = [
    (FormName.MOVE, "FO-1", {"when": "14. januar kl. 12-14"}, "start"),
    (FormName.MOVE, "FO-1", {"when": "til 14. januar"}, "start"),
    (FormName.SET_DATE, "FO-3", {"when": "2. desember"}, "start"),
    (FormName.WRITE, "FO-1", {"text": "Fagdag om skriving\nog lesing"}, "title"),
    (
        FormName.NEW_ITEM,
        "",
        {"title": 'Foreldremøte "vår" til alle', "when": "14. januar kl. 18", "plan": "FO"},
        "added",
    ),
    (
        FormName.MEASURE_OF_MESSAGE,
        "https://kommunen.slack.com/archives/C1/p1",
        {"title": "Kjøpe bøker: i dag", "role": "Leiar", "plan": "FO"},
        "added",
    ),
]


@pytest.mark.parametrize(("name", "key", "values", "field"), FILLED)
@pytest.mark.parametrize("language", Language)
def test_a_form_is_in_the_language_it_was_asked_for_in_and_is_done_as_it_is_filled_in(
    bot: Bot, name: FormName, key: str, values: dict[str, str], field: str, language: Language
) -> None:
    words = {"nb": "Hvilke møter er det i uka?", "nn": "Kva møte er det i veka?", "en": "Which meetings are there?"}
    form = a_form(bot, name, key, words[language])
    assert form.language is language
    reply = send(bot, form, values)
    assert field in {change.field for change in reply.changes}, reply.text


def test_a_form_is_in_the_language_that_was_chosen(bot: Bot) -> None:
    assert bot.reply(a_message("/plan språk nynorsk")).changes
    assert a_form(bot, FormName.NEW_ITEM, "", "Which meetings are there?").language is Language.NN


@pytest.mark.parametrize(("name", "key", "values", "field"), FILLED)
def test_who_may_not_gets_no_form_and_is_refused_once_more(
    bot: Bot, database: Database, name: FormName, key: str, values: dict[str, str], field: str
) -> None:
    refusal = bot.form(a_message("", STRANGER), name, key)
    assert isinstance(refusal, Reply)
    before = database.of(None).plans.book()
    reply = bot.reply(a_message(a_form(bot, name, key).says(values), STRANGER))
    assert reply.changes == ()
    assert "dministrator" in refusal.text
    assert "dministrator" in reply.text
    assert database.of(None).plans.book().items == before.items


@pytest.mark.parametrize("when", ["når det passer", "31. februar", "onsdag 14. januar 2027"])
def test_a_time_that_is_none_changes_nothing_and_is_told_at_its_field(bot: Bot, when: str) -> None:
    form = a_form(bot, FormName.MOVE, "FO-1")
    reply = send(bot, form, {"when": when})
    assert reply.changes == ()
    assert main_field(form.name, {"when": when}) == "when"
    assert reply.text


def test_the_time_that_it_has_stands_above(bot: Bot) -> None:
    form = a_form(bot, FormName.MOVE, "fo-1", "/plan flytt FO-1")
    assert form.intro == ("Fagdag om leseglede (FO-1)", "Nå: ons. 25. november kl. 09.00–14.30")
    assert form.key == "FO-1"


def test_a_doubt_has_its_ways_out_and_a_date(bot: Bot, database: Database) -> None:
    take_in_plans(database.of(None), DOUBTS)
    items = database.of(None).plans.book().items
    doubtful = next(item for item in items if item.doubts and item.span.other)
    form = a_form(bot, FormName.SETTLE, doubtful.key)
    answer, when = form.fields
    assert [answer.kind, when.kind] == [FieldKind.CHOICE, FieldKind.WHEN]
    reply = send(bot, form, {"answer": answer.options[0].value})
    assert reply.changes, reply.text
    assert item_of(database, doubtful.key).span.other is None


def test_a_doubt_without_an_answer_changes_nothing(bot: Bot, database: Database) -> None:
    take_in_plans(database.of(None), DOUBTS)
    doubtful = next(item for item in database.of(None).plans.book().items if item.doubts)
    assert send(bot, a_form(bot, FormName.SETTLE, doubtful.key), {}).changes == ()


def test_a_message_is_the_title_and_its_link_is_kept(bot: Bot, database: Database) -> None:
    link = "https://kommunen.slack.com/archives/C1/p1700000000000100"
    form = a_form(bot, FormName.MEASURE_OF_MESSAGE, link, "Vi må kjøpe\nflere bøker!")
    title = form.fields[0]
    assert title.initial == "Vi må kjøpe flere bøker!"
    reply = send(bot, form, {"title": title.initial, "when": "innen 4. desember", "role": "", "plan": "FO"})
    (change,) = (one for one in reply.changes if one.field == "added")
    made = item_of(database, change.item or "")
    assert (made.kind, made.title, made.comment) == ("measure", "Vi må kjøpe flere bøker!", link)


@pytest.mark.parametrize("language", Language)
def test_a_note_and_a_link_are_kept_with_what_is_marked(bot: Bot, database: Database, language: Language) -> None:
    link = "https://kommunen.no/referat"
    form = a_form(bot, FormName.COMPLETE, "FO-1", {"nb": "hva", "nn": "kva", "en": "what"}[language])
    assert [field.name for field in form.fields] == ["note", "link"]
    reply = send(bot, form, {"note": "Vi var 40 stykker\nog alle kom", "link": link})
    assert {change.field for change in reply.changes} >= {"status", "note"}, reply.text
    assert item_of(database, "FO-1").status == "done"
    kept = " ".join(str(change.after) for change in reply.changes if change.field == "note")
    assert "Vi var 40 stykker og alle kom" in kept
    assert "https://kommunen.no/referat" in bot.reply(a_message("/tiltak vis FO-1")).text


def test_a_link_alone_is_kept_and_nothing_at_all_only_marks(bot: Bot) -> None:
    assert "note" in {
        one.field for one in send(bot, a_form(bot, FormName.COMPLETE, "FO-1"), {"link": "https://a.no"}).changes
    }
    assert {one.field for one in send(bot, a_form(bot, FormName.COMPLETE, "FO-2"), {}).changes} == {"status"}


def test_what_is_done_already_can_be_written_on(bot: Bot, database: Database) -> None:
    assert bot.reply(a_message("/tiltak spørsmål på")).changes
    done = bot.reply(a_message("/tiltak ferdig FO-1"))
    (button,) = (one for one in done.buttons if one.form is FormName.COMPLETE)
    assert (button.label, button.key) == ("Si hva som virket", "FO-1")
    form = a_form(bot, FormName.COMPLETE, button.key)
    assert (form.title, form.submit) == ("Notat", "Lagre")
    reply = send(bot, form, {"worked": "Dugnad"})
    assert [(change.field, change.after) for change in reply.changes] == [("worked", "Dugnad")]


@pytest.mark.parametrize("text", ["/finn på noe nytt", "/plan", "x" * 9_000, ""])
def test_any_message_can_become_a_measure(bot: Bot, text: str) -> None:
    assert a_form(bot, FormName.MEASURE_OF_MESSAGE, "https://a.no", text).fields[0].initial == text[:500]


def test_what_looks_like_a_mention_is_only_words(bot: Bot) -> None:
    form = a_form(bot, FormName.WRITE, "FO-1")
    assert "<@" not in form.says({"text": "Spør <<@T1:U1|Kari> om dette"})


@pytest.mark.parametrize("name", [FormName.MOVE, FormName.COMPLETE, FormName.WRITE, FormName.SETTLE])
def test_what_is_gone_has_no_form(bot: Bot, name: FormName) -> None:
    reply = bot.form(a_message("/plan move FO-99"), name, "FO-99")
    assert isinstance(reply, Reply)
    assert (reply.text, reply.language) == ("This is no longer in the plans (FO-99).", "en")


SETTINGS = [
    ({"state": "on", "weekday": "3", "at": "09.30", "language": "nn"}, {"weekday": "3", "at": "09:30:00"}),
    ({"state": "on", "weekday": "6", "at": "8", "language": "en"}, {"weekday": "6"}),
    ({"state": "on", "weekday": "0", "at": "14", "language": "nb"}, {"at": "14:00:00"}),
    (
        {
            "state": "on",
            "weekday": "4",
            "at": "7",
            "only": "styrarane",
            "days_off": "move",
            "empty": "quiet",
            "language": "nn",
        },
        {"groups": "styrarane", "days_off": "move", "is_quiet": "True"},
    ),
    ({"state": "pause", "until": "11. januar", "weekday": "2"}, {"paused_until": "2027-01-11"}),
    ({"state": "off"}, {"is_active": "False"}),
]


@pytest.mark.parametrize(("values", "becomes"), SETTINGS)
@pytest.mark.parametrize("before", Language)
def test_the_digest_is_set_as_it_is_filled_in(
    bot: Bot, values: dict[str, str], becomes: dict[str, str], before: Language
) -> None:
    known = {Language.NB: "/ukebrev her hver fredag 07", Language.NN: "/vekebrev her kvar fredag 07"}
    assert bot.reply(a_message(known.get(before, "/digest here every Friday 07"))).changes
    form = a_form(bot, FormName.DIGEST, text="/ukebrev vis")
    initial = {field.name: field.initial for field in form.fields}
    assert initial == {
        "state": "on",
        "weekday": "4",
        "at": "07.00",
        "language": before,
        "only": "",
        "days_off": "post",
        "empty": "always",
        "until": "",
    }
    reply = send(bot, form, values)
    changed = {change.field: change.after for change in reply.changes}
    wanted = becomes | ({"language": values["language"]} if values.get("language", before) != before else {})
    assert {name: changed.get(name) for name in wanted} == wanted, reply.text


def test_no_digest_is_set_in_a_direct_talk_or_by_who_may_not(bot: Bot) -> None:
    assert isinstance(bot.form(a_message("/ukebrev", channel=None), FormName.DIGEST, ""), Reply)
    assert isinstance(bot.form(a_message("/ukebrev", STRANGER), FormName.DIGEST, ""), Reply)


def test_the_settings_have_a_button_for_who_may_change_them(bot: Bot) -> None:
    forms = [button.form for button in bot.reply(a_message("/ukebrev vis")).buttons]
    assert FormName.DIGEST in forms
    assert FormName.DIGEST not in [button.form for button in bot.reply(a_message("/ukebrev vis", STRANGER)).buttons]
    direct = bot.reply(a_message("/ukebrev vis", channel=None))
    assert FormName.DIGEST not in [button.form for button in direct.buttons]


@pytest.mark.parametrize(
    ("say", "form"),
    [
        ("/tiltak vis FO-1", FormName.MOVE),
        ("/tiltak vis FO-1", FormName.COMPLETE),
        ("/tiltak vis FO-3", FormName.SET_DATE),
    ],
)
def test_an_item_has_buttons_that_open_forms_about_it(bot: Bot, say: str, form: FormName) -> None:
    (button,) = (button for button in bot.reply(a_message(say)).buttons if button.form is form)
    assert button.key == say.split()[-1]
    assert bot.reply(a_message(say, STRANGER)).buttons
    assert form not in [button.form for button in bot.reply(a_message(say, STRANGER)).buttons]


def test_where_there_are_no_forms_no_two_buttons_say_the_same(bot: Bot) -> None:
    reply = bot.reply(a_message("/tiltak vis FO-1"))
    said = [button.says for button in reply.buttons_to_say]
    assert len(said) == len(set(said)) < len(reply.buttons)
    assert {button.says for button in reply.buttons} == set(said)


@pytest.mark.parametrize("name", FormName)
@pytest.mark.parametrize("language", Language)
def test_titles_and_submits_have_room_everywhere(name: FormName, language: Language) -> None:
    words = words_of_form(name)
    assert 0 < len(words["title"][language]) <= 24
    assert 0 < len(words["submit"][language]) <= 24
