"""What a chat platform must be able to do for the rest of Planvakt, and how posting goes wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.forms import Form
from bot.messages import FormName, Message, Reply
from bot.model import Language, ProposedPlan

# PostingFailed
# ├── NotPosted          the platform said no: nothing stands in the channel
# │   ├── NotReached     it was not there to say anything
# │   ├── Limited        it wants nothing more for some seconds
# │   └── Closed         nothing can be posted there until people do something: archived, left, revoked
# ├── PerhapsPosted      nobody knows: the connection broke, or the platform had a fault of its own
# │   └── PartlyPosted   the first message stands there, and not all of what belongs to it
# └── CannotLook         what stands in the channel is not ours to read


class PostingFailed(Exception):
    """A post did not end well; `reason` is for the log and the delivery's row, never for a planner."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NotPosted(PostingFailed):
    """The platform refused, or was never reached: nothing stands in the channel, so trying again is safe."""


class NotReached(NotPosted):
    """There was nobody to ask: trying again later is likely to help."""


class Limited(NotPosted):
    """Too much at once; nothing is taken for `seconds`."""

    def __init__(self, reason: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(reason)


class Closed(NotPosted):
    """Archived, left or revoked: trying again does not help before people do something."""


class PerhapsPosted(PostingFailed):
    """It may stand in the channel or not, so trying again may post twice."""


class PartlyPosted(PerhapsPosted):
    """The message `message` stands there, and what belongs to it does not, or not all of it."""

    def __init__(self, reason: str, message: str) -> None:
        self.message = message
        super().__init__(reason)


class CannotLook(PostingFailed):
    """What stands there may not be read by us, so nobody can tell whether a post is among it."""


class Answers(Protocol):
    """What a platform needs of the core: one message or plan in, one reply out, synchronously."""

    def reply(self, message: Message) -> Reply:
        """Return the answer, a refusal or a plain "I can't"."""

    def form(self, message: Message, name: FormName, key: str) -> Form | Reply:
        """Return a form about what has the key, or a refusal; what is filled in is a message like any other."""

    def refusal_to_read_in(self, message: Message) -> Reply | None:
        """Return a refusal if the sender may administer nothing; asked before a file is fetched."""

    def language(self, message: Message) -> Language:
        """Return the language to answer the sender in, for what is told without a reply."""

    def suggestions(self, message: Message) -> tuple[str, ...]:
        """Return what the sender may want to ask, in at most four sentences; none where the plans are not there."""

    def card(self, message: Message, key: str) -> Reply | None:
        """Return an item in short, for all who read where its address is shared; None where there is none."""

    def read_in(self, message: Message, proposed: ProposedPlan) -> Reply:
        """Keep a proposed plan, and return its preview; a press on its button takes it in."""


class ChatPlatform(Protocol):
    """A place where channels and people are, and where something can be sent without anybody asking."""

    async def reaches(self, address: str) -> bool:
        """Whether anything can be sent to that channel or account now: not where we have been put out."""

    def together(self) -> ChatPlatform:
        """Return the same for what is sent within some seconds: what holds of a workspace now is asked once."""

    async def direct(self, account: str, reply: Reply, *, delivery: str) -> str:
        """Send to one person alone and return the message's id; a guest or a stranger gets nothing.

        `account` is what Sender.account holds. Raises NotPosted or PerhapsPosted.
        """

    async def post(self, channel: str, reply: Reply, *, delivery: str) -> str:
        """Post to a channel and return the message's id, unique in the channel; one id of all that it took.

        `channel` is what Message.channel and Subscription.channel hold. `delivery` goes with the message,
        unseen, so that it can be found again. Raises NotPosted or PerhapsPosted.
        """

    async def change(self, channel: str, message: str, reply: Reply) -> None:
        """Put a reply in place of a message that was posted, for all who see it. Raises NotPosted or PerhapsPosted."""

    async def find(self, place: str, *, delivery: str, since: datetime) -> str | None:
        """Return the id of the message that went with that `delivery`, if it has stood there since then.

        `place` is a channel, or an account that was written to alone. Raises CannotLook where that is not ours to
        read, and NotPosted or PerhapsPosted where it did not work this time.
        """

    async def delete(self, place: str, message: str) -> None:
        """Take away a message of ours; harmless where it is gone. Raises NotPosted or PerhapsPosted."""
