"""What people do with modals, menus, shortcuts and App Home."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from tests.slack.local import interactions
from tests.slack.local.delivery import Kind, Outcome
from tests.slack.local.elements import NotSent, filled
from tests.slack.local.views import View, elements_of, pushed, replace
from tests.slack.local.workspace import Posted, Workspace, pressable


class Acting:
    """Acts of people on what an app shows them; those that Slack itself stops raise NotSent."""

    workspace: Workspace

    async def bring(self, kind: Kind, payload: dict[str, Any]) -> Outcome:
        raise NotImplementedError

    def response_url(self, channel: str, user: str, shown: Posted | None = None) -> str:
        raise NotImplementedError

    # What is open

    def modals(self, user: str) -> list[View]:
        """The modals that a user has open, the one on top last."""
        return self.workspace.views.get(user, [])

    def top(self, user: str) -> View:
        """The modal that a user looks at."""
        if not self.modals(user):
            raise NotSent(f"{user} has no modal open")
        return self.modals(user)[-1]

    async def modal(self, number: int = 1, seconds: float = 30) -> View:
        """Wait for the modal of that number of all that are open, as it is now."""
        for _ in range(int(seconds / 0.01)):
            opened = [view for stack in self.workspace.views.values() for view in stack]
            if len(opened) >= number:
                return opened[number - 1]
            await asyncio.sleep(0.01)
        raise AssertionError(f"{len(opened)} modals are open, not {number}")

    def errors(self, user: str) -> dict[str, str]:
        """What stands under the fields of the modal on top, by block_id."""
        return self.workspace.view_errors.get(user, {})

    # Modals

    async def submit(self, user: str, view: View, values: Mapping[str, Any]) -> dict[str, Any]:
        """A user fills in a modal and sends it; what the app answers, which Slack acts on.

        Fields go by their label, block_id or action_id. Nobody stops who sends a modal that is not theirs.
        """
        is_open = any(one["id"] == view["id"] for one in self.modals(user))
        state = {"values": fill(view, values, is_open)}
        told = interactions.submission(self.workspace, self.workspace.users[user], {**view, "state": state})
        self.workspace.view_errors.pop(user, None)
        outcome = await self.bring("interactive", told)
        if not outcome.is_acknowledged:
            raise AssertionError(f"the modal was not acknowledged: {outcome}")
        said: dict[str, Any] = json.loads(outcome.body) if outcome.body.strip() not in ("", '""') else {}
        self._take(user, view, said)
        return said

    def _take(self, user: str, view: View, said: dict[str, Any]) -> None:
        """Do with the modals as the app answered; without an answer the one on top closes."""
        stack, action = self.modals(user), said.get("response_action")
        at = next((at for at, one in enumerate(stack) if one["id"] == view["id"]), None)
        if at is None:
            return
        if action == "errors":
            self.workspace.view_errors[user] = _errors_for(view, said["errors"])
        elif action == "update":
            replace(self.workspace, stack[at], said["view"])
        elif action == "push":
            pushed(self.workspace, user, said["view"])
        elif action == "clear":
            stack.clear()
        else:
            del stack[at]
        if not stack:
            self.workspace.views.pop(user, None)

    async def close_view(self, user: str, clear: bool = False) -> Outcome | None:
        """A user closes the modal on top, or all; the app hears of it where it has asked to."""
        view = self.top(user)
        self.workspace.views[user] = [] if clear else self.modals(user)[:-1]
        if not view["notify_on_close"]:
            return None
        told = interactions.closed(self.workspace, self.workspace.users[user], view, clear)
        return await self.bring("interactive", told)

    # Presses and choices

    async def press_in_modal(self, user: str, label: str) -> Outcome:
        """A user presses a button in the modal on top."""
        return await self._act_in(user, self.top(user), label, None)

    async def press_home(self, user: str, label: str) -> Outcome:
        """A user presses a button in App Home."""
        return await self._act_in(user, self.workspace.homes[user], label, None)

    async def choose_in_modal(self, user: str, field: str, told: Any) -> Outcome:
        """A user chooses in a field that tells the app at once (dispatch_action, or a menu in a row)."""
        return await self._act_in(user, self.top(user), field, told)

    async def choose_home(self, user: str, field: str, told: Any) -> Outcome:
        """A user chooses from a menu in App Home."""
        return await self._act_in(user, self.workspace.homes[user], field, told)

    async def _act_in(self, user: str, view: View, name: str, told: Any) -> Outcome:
        element = _named_element(_actionable(view["blocks"]), name)
        action = element if told is None else _chosen(element, told)
        if told is not None and element["type"] != "overflow":
            view["state"]["values"].setdefault(element["block_id"], {})[element["action_id"]] = filled(element, told)
        payload = interactions.press_in_view(self.workspace, self.workspace.users[user], view, action)
        return await self.bring("interactive", payload)

    async def choose(self, user: str, shown: Posted, field: str, told: Any) -> Outcome:
        """A user chooses from a menu in a message; the menu goes by its action_id, or by an option of it."""
        action = _chosen(_named_element(shown.buttons, field), told)
        url = self.response_url(shown.channel, user, shown)
        sender = self.workspace.users[user]
        return await self.bring("interactive", interactions.press(self.workspace, sender, shown, action, url))

    async def suggest(self, user: str, field: str, text: str) -> Outcome:
        """A user types in a menu whose options the app gives."""
        view = self.top(user)
        element = _named_element(_actionable(view["blocks"], every=True), field)
        told = interactions.suggestion(self.workspace, self.workspace.users[user], view, element, text)
        return await self.bring("interactive", told)

    # Shortcuts

    async def use_shortcut(self, user: str, callback: str, on: Posted | None = None) -> Outcome:
        """A user takes a shortcut: a global one, or one of a message's own menu."""
        return await (self.message_shortcut(user, on, callback) if on else self.shortcut(user, callback))

    async def shortcut(self, user: str, callback_id: str) -> Outcome:
        """A user takes a shortcut that stands everywhere."""
        told = interactions.shortcut(self.workspace, self.workspace.users[user], callback_id)
        return await self.bring("interactive", told)

    async def message_shortcut(self, user: str, posted: Posted, callback_id: str) -> Outcome:
        """A user takes a shortcut on a message."""
        url = self.response_url(posted.channel, user, posted)
        sender = self.workspace.users[user]
        told = interactions.message_action(self.workspace, sender, posted, callback_id, url)
        return await self.bring("interactive", told)


def _errors_for(view: View, errors: dict[str, str]) -> dict[str, str]:
    """Slack shows a person nothing of errors that stand at no field."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not errors or not set(errors) <= inputs:
        raise AssertionError(f"errors at no field: {errors}")
    return errors


def fill(view: View, values: Mapping[str, Any], is_strict: bool = True) -> dict[str, Any]:
    """The state of a view with these values in it. Fields that must be filled in stop the person, as in Slack."""
    state: dict[str, Any] = json.loads(json.dumps(view["state"]["values"]))
    left = dict(values)
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = elements_of(block)[0]
        known = (block["label"]["text"], block["block_id"], element["action_id"])
        key = next((name for name in known if name in left), None)
        if key is not None:
            told = left.pop(key)
            told = told[element["action_id"]] if isinstance(told, dict) and element["action_id"] in told else told
            state[block["block_id"]][element["action_id"]] = filled(element, told)
        given = [one for name, one in state[block["block_id"]][element["action_id"]].items() if name != "type"]
        if is_strict and not block.get("optional") and not any(given):
            raise NotSent(f"{block['label']['text']} has to be filled in")
    if left:
        raise NotSent(f"there is no field {', '.join(left)}")
    return state


def _actionable(blocks: list[dict[str, Any]], every: bool = False) -> list[dict[str, Any]]:
    asked = [one for one in blocks if one["type"] == "input" and (every or one.get("dispatch_action"))]
    inputs = [{**one["element"], "block_id": one["block_id"], "label": one["label"]["text"]} for one in asked]
    return pressable(blocks) + inputs


def _named_element(elements: list[dict[str, Any]], name: str) -> dict[str, Any]:
    for element in elements:
        words = element.get("text", {}).get("text") or element.get("placeholder", {}).get("text")
        if name in (words, element.get("action_id"), element["block_id"], element.get("label")):
            return {key: value for key, value in element.items() if key != "label"}
    raise NotSent(f"there is no {name} to press")


def _chosen(element: dict[str, Any], told: Any) -> dict[str, Any]:
    kept = {key: element[key] for key in ("action_id", "block_id") if key in element}
    return kept | filled(element, told)
