"""`planvakt secrets`: the keys that the workspaces' tokens are kept with."""

from __future__ import annotations

import argparse

from handlers.bootstrap import installation


def new_key(chosen: argparse.Namespace) -> int:
    """Print a new key for PLANVAKT_SECRET_KEYS."""
    from storage.secrets import new_key as made

    print(made())
    return 0


def renew(chosen: argparse.Namespace) -> int:
    """Encrypt all tokens with the first key, so that the others can be left out."""
    from bot.answers.facts import Facts
    from bot.model import Language
    from bot.render import render

    with installation() as running:
        keys = [key.get_secret_value() for key in running.settings.secret_keys]
        facts = Facts(template="secrets_renewed", values={"count": running.database.installations(keys).renew_keys()})
        print(render(facts, "secrets_renewed", Language.NB, running.now().date()).text)
    return 0
