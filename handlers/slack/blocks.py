"""A reply as Slack messages: pages of blocks, each with the same words as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ContextBlock, MarkdownTextObject, SectionBlock

from bot.messages import Button, Part, PartKind, Reply
from handlers.slack import limits

# What is left of Slack's 50 blocks and 12,000 characters is for the question above and the buttons below.
SECTIONS_IN_PAGE = 45
CHARACTERS_IN_PAGE = 9_500
LONGEST_ASKED = 300
RECEIPT, ANSWER = "receipt:", "answer"
# The buttons of a message that is kept true by itself, whatever is pressed there.
KEPT = "kept"
SAYS, FORM = "says", "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One Slack message; `text` has all the words of `blocks`, for screen readers and notifications."""

    text: str
    blocks: tuple[Block, ...]


def escape(text: str) -> str:
    """Literal text as Slack wants it: what looks like a mention or a link is only words."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def pages(
    reply: Reply, *, user: str = "", asked: str | None = None, at_most: int | None = None, kept: bool = False
) -> tuple[Page, ...]:
    """Return the whole reply, each page within Slack's limits; the buttons stand below the last.

    `user` is who is answered. `asked` is shown above the answer, where Slack itself does not show the question.
    `kept` is that somebody sees to it that the message stays true.
    Where `at_most` pages do not hold all, the last of them holds the rest as words without blocks.
    """
    parts = reply.parts or (Part(kind=PartKind.TEXT, text=reply.text),)
    filled = list(_filled(parts))
    shown = filled if at_most is None or len(filled) <= at_most else filled[: at_most - 1]
    rest = [section.words for page in filled[len(shown) :] for section in page]
    made = [_page(page) for page in shown]
    made[0] = Page(text=made[0].text, blocks=(*_asked(asked), *made[0].blocks))
    made[-1] = Page(
        text=made[-1].text,
        blocks=(*made[-1].blocks, *_buttons(reply, KEPT if kept else RECEIPT + user if reply.changes else ANSWER)),
    )
    return (*made, Page(text="\n".join(rest)[: limits.TEXT], blocks=())) if rest else tuple(made)


@dataclass(frozen=True, slots=True)
class _Section:
    """Some lines of an answer, in Slack's markup and as words."""

    markup: str
    words: str


def _filled(parts: Sequence[Part]) -> Iterator[list[_Section]]:
    """Sections put on pages in order; a page is full when one more would be too much for Slack."""
    page: list[_Section] = []
    length = 0
    for section in _sections(parts):
        if page and (length + len(section.markup) > CHARACTERS_IN_PAGE or len(page) == SECTIONS_IN_PAGE):
            yield page
            page, length = [], 0
        page.append(section)
        length += len(section.markup)
    yield page


def _sections(parts: Iterable[Part]) -> Iterator[_Section]:
    """Lines that stand together in one section; a heading begins a new one."""
    lines: list[_Section] = []
    length = 0
    for part in parts:
        for line in _lines(part):
            starts = part.kind is PartKind.HEADING or length + len(line.markup) + 1 > limits.SECTION
            if lines and starts:
                yield _joined(lines)
                lines, length = [], 0
            lines.append(line)
            length += len(line.markup) + 1
    if lines:
        yield _joined(lines)


def _joined(lines: Sequence[_Section]) -> _Section:
    return _Section("\n".join(line.markup for line in lines), "\n".join(line.words for line in lines))


def _lines(part: Part) -> Iterator[_Section]:
    """One part as a line, or as several where it is longer than a section may be."""
    dash = "– " if part.kind is PartKind.ROW else ""
    for at, piece in enumerate(_pieces(part.text)):
        words = escape(piece) if at else dash + escape(piece)
        if part.kind is PartKind.HEADING:
            yield _Section(f"*{words}*", words)
        elif part.kind is PartKind.ROW and at == 0:
            yield _Section(f"•  {escape(piece)}", words)
        else:
            yield _Section(words, words)


def _pieces(text: str) -> Iterator[str]:
    """Cut so that each piece fits a section however much escaping makes it grow; where a space is, there."""
    longest = limits.SECTION // 5 - 10
    while len(escape(text)) > limits.SECTION - 10:
        at = text.rfind(" ", 1, longest) if " " in text[1:longest] else longest
        yield text[:at]
        text = text[at:].lstrip()
    yield text


def _page(sections: Sequence[_Section]) -> Page:
    # verbatim: Slack is not to make links of addresses and channel names in a plan.
    blocks = [SectionBlock(text=MarkdownTextObject(text=section.markup, verbatim=True)) for section in sections]
    return Page(text="\n".join(section.words for section in sections), blocks=tuple(blocks))


def with_line(page: Page, line: str) -> Page:
    """Return a page with a line below it, which tells what somebody did there."""
    words = escape(" ".join(line.split())[:LONGEST_ASKED])
    told = ContextBlock(elements=[MarkdownTextObject(text=words, verbatim=True)])
    room = limits.BLOCKS_IN_MESSAGE - 1
    return Page(text=f"{page.text}\n{words}"[: limits.TEXT], blocks=(*page.blocks[:room], told))


def _asked(question: str | None) -> Iterator[Block]:
    if question:
        words = escape(" ".join(question.split())[:LONGEST_ASKED])
        yield ContextBlock(elements=[MarkdownTextObject(text=words, verbatim=True)])


def _buttons(reply: Reply, row: str) -> Iterator[Block]:
    """What a press can say, in one row; below a change it is a receipt, and only for who has made the change."""
    fitting = [button for button in reply.buttons if len(button.says) <= limits.BUTTON_VALUE]
    if fitting:
        elements = [_button(button, at) for at, button in enumerate(fitting[: limits.ELEMENTS["actions"]])]
        yield ActionsBlock(block_id=row, elements=elements)


def _button(button: Button, number: int) -> ButtonElement:
    return ButtonElement(
        text=_short(button.label),
        action_id=f"{FORM}:{button.form}:{button.key}:{number}" if button.form else f"{SAYS}:{number}",
        value=button.says,
        accessibility_label=_short(button.describes) if button.describes else None,
    )


def _short(label: str) -> str:
    return label if len(label) <= limits.BUTTON_LABEL else label[: limits.BUTTON_LABEL - 1] + "…"
