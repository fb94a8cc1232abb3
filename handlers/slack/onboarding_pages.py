"""What somebody who installs us sees in their browser, in the language that it asks for."""

from __future__ import annotations

from datetime import date
from html import escape

from bot.answers.facts import Facts
from bot.messages import Part, PartKind
from bot.model import Language
from bot.render import render
from handlers.browser_language import preferred
from handlers.slack.manifest import INSTALL

HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
TAGS = {PartKind.HEADING: "h1", PartKind.ROW: "li", PartKind.TEXT: "p"}
AGAIN = {"cancelled", "stale", "refused", "failed"}


def page(outcome: str, languages: str, **values: object) -> str:
    """Return the page that says how it went; `languages` is what the browser's Accept-Language has."""
    language = preferred(languages)
    facts = Facts(template="slack_install", values={"outcome": outcome, "workspace": "", "is_back": False, **values})
    head, *rest = render(facts, "slack_install", language, date.min).parts
    body = "\n".join(map(_tagged, rest))
    way = f'\n<p><a href="{INSTALL}">{escape(_again(language))}</a></p>' if outcome in AGAIN else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(head.text)}</title></head>\n'
        f"<body><main>\n{_tagged(head)}\n{body}{way}\n</main></body>\n</html>\n"
    )


def _again(language: Language) -> str:
    facts = Facts(template="slack_install", values={"outcome": "again", "workspace": "", "is_back": False})
    return render(facts, "slack_install", language, date.min).text


def _tagged(part: Part) -> str:
    tag = TAGS[part.kind]
    return f"<{tag}>{escape(part.text)}</{tag}>"
