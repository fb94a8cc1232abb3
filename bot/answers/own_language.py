"""The language that somebody is answered in, whatever they write."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.acting import author_of
from bot.answers.asking import Asking
from bot.answers.digest_settings import may_have_own
from bot.answers.digests import own_subscription
from bot.answers.facts import Facts, Press
from bot.errors import BadDate
from bot.history import Author, Change
from bot.model import Language
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.language import language_of
from bot.understanding.own_words import AS_WRITTEN, language_said, language_to_type


def own_language(asking: Asking) -> Facts:
    """Answer the asker in one language from now on, or as they write; the answer is in it already. Raises BadDate."""
    said = language_said(asking.frame.argument)
    if said is None:
        ways = tuple(language_to_type(one, asking.frame.language) for one in (*Language, None))
        raise BadDate("bad_language", words=asking.frame.argument, ways=ways)
    if not _may_choose(asking):
        return Facts(template="own_language_unknown")
    chosen, author = None if said == AS_WRITTEN else Language(said), author_of(asking)
    entry = asking.store.person_settings.choose_language(author.person, chosen, author)
    language = chosen or language_of(asking.message.text, asking.frame.language)
    changes: tuple[Change, ...] = ()
    if entry is not None:
        changes = (Change(item=None, field=entry.field, before=entry.before, after=entry.after, by=entry.by.name),)
    return Facts(
        template="own_language",
        values={"chosen": chosen, "is_same": entry is None, "has_digest": _digest_follows(asking, chosen, author)},
        changes=changes,
        buttons=language_presses(chosen, language),
        language=language,
    )


def language_presses(chosen: Language | None, language: Language) -> tuple[Press, ...]:
    """Return a button for each choice but the one that holds."""
    return tuple(
        Press(
            name=f"language_{one or AS_WRITTEN}",
            says=typed(Intent.OWN_LANGUAGE, language, language_to_type(one, language)),
        )
        for one in (*Language, None)
        if one is not chosen
    )


def _may_choose(asking: Asking) -> bool:
    """Whoever can be known again: from a chat, or as a person who is recorded."""
    return asking.asker.id is not None or asking.asker.is_administrator or may_have_own(asking)


def _digest_follows(asking: Asking, chosen: Language | None, author: Author) -> bool:
    """Whether the asker has a digest of their own, which comes in the language that they chose last."""
    digest = own_subscription(asking)
    if chosen is None or digest is None or not (digest.is_own and digest.is_active):
        return False
    if digest.language is not chosen:
        asking.store.digests.subscribe(replace(digest, language=chosen), author)
    return True
