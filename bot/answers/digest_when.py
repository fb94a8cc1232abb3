"""When a digest comes here: how it is set, when the next and the last one are, and which ones never came."""

from __future__ import annotations

from bot.answers.acting import zone_of
from bot.answers.asking import Asking
from bot.answers.digest_settings import in_words, may_have_own, no_channel
from bot.answers.digests import last_came, subscription_here
from bot.answers.facts import Facts
from bot.answers.status import digests_missing
from bot.understanding.commands import typed
from bot.understanding.frame import Intent


def digest_when(asking: Asking) -> Facts:
    """Tell it of the channel's digest, in somebody's own talk of theirs; where none comes, how to have one."""
    is_own = asking.message.channel is None
    if is_own and not may_have_own(asking):
        return no_channel(asking)
    setting, now = subscription_here(asking), asking.message.now
    values = {
        **(in_words(asking.store, asking.book, setting, now) if setting and setting.is_active else {"setting": None}),
        "came": last_came(asking, setting),
        "zone": zone_of(asking),
        "missing": digests_missing(asking, setting),
        "starts": typed(Intent.DIGEST_TO_ME if is_own else Intent.DIGEST_HERE, asking.frame.language),
    }
    return Facts(template="digest_when", values=values)
