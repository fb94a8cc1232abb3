"""What stands in a form, which values it takes, and what Slack tells of them: typed from the Block Kit reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# Where each kind of element keeps what was chosen, in view.state.values and in actions.
VALUE_KEYS = {
    "plain_text_input": "value",
    "url_text_input": "value",
    "email_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
}
INITIAL = {"value": "initial_value", "selected_date": "initial_date", "selected_time": "initial_time"}
INITIAL |= {f"selected_{kind}": f"initial_{kind}" for kind in ("option", "options", "user", "users", "conversation")}
INITIAL |= {"selected_channel": "initial_channel"}
MOST_OPTIONS = {"static_select": 100, "multi_static_select": 100, "checkboxes": 10, "radio_buttons": 10, "overflow": 5}
FORMS = {
    "datepicker": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "timepicker": r"([01]\d|2[0-3]):[0-5]\d",
    "url_text_input": r"https?://\S+\.\S+",
}


class NotSent(AssertionError):
    """Slack itself would have stopped the person, so the app is told nothing."""


def element_fault(element: Mapping[str, Any]) -> str | None:
    """What Slack would refuse in an element."""
    kind = str(element.get("type"))
    if kind not in VALUE_KEYS:
        return f"unsupported element: {kind}"
    if len(element.get("action_id", "")) > 255:
        return "action_id too long"
    if len(element.get("placeholder", {}).get("text", "")) > 150:
        return "placeholder longer than 150"
    if kind in MOST_OPTIONS and (fault := _options_fault(element, MOST_OPTIONS[kind])):
        return fault
    if kind == "plain_text_input" and not 0 <= int(element.get("max_length", 3000)) <= 3000:
        return "max_length is over 3000"
    initial = element.get(INITIAL.get(VALUE_KEYS[kind], ""))
    if initial is not None and kind in FORMS and not re.fullmatch(FORMS[kind], str(initial)):
        return f"{initial} is no value of a {kind}"
    return None


def _options_fault(element: Mapping[str, Any], most: int) -> str | None:
    groups = element.get("option_groups")
    options = [one for group in groups for one in group["options"]] if groups else element.get("options", [])
    if not 1 <= len(options) <= most:
        return f"{len(options)} options, 1 to {most} allowed"
    for option in options:
        if not 1 <= len(option.get("text", {}).get("text", "")) <= 75:
            return "the text of an option is empty or longer than 75"
        if len(option.get("value", "")) > 150:
            return "the value of an option is longer than 150"
        if len(option.get("description", {}).get("text", "")) > 75:
            return "the description of an option is longer than 75"
    initial = [one for one in (element.get("initial_option"), *element.get("initial_options", [])) if one]
    return next((f"{one} is initial and no option" for one in initial if one not in options), None)


def filled(element: Mapping[str, Any], told: Any) -> dict[str, Any]:
    """The element's state when a person has written or chosen `told`; options go by their words or values."""
    kind = str(element["type"])
    key = VALUE_KEYS[kind]
    if isinstance(told, dict):
        return {"type": kind, **told}
    if told is not None and kind in FORMS and not re.fullmatch(FORMS[kind], str(told)):
        raise NotSent(f"{told} is no value of a {kind}")
    if kind == "plain_text_input" and told is not None:
        _check_length(element, told)
    if key == "selected_option" and told is not None:
        return {"type": kind, key: _option(element, told)}
    if key == "selected_options":
        return {"type": kind, key: [_option(element, one) for one in told or []]}
    return {"type": kind, key: told}


def _check_length(element: Mapping[str, Any], told: str) -> None:
    if not element.get("min_length", 0) <= len(told) <= element.get("max_length", 3000):
        raise NotSent(f"{len(told)} characters in {element.get('action_id')}")


def untouched(element: Mapping[str, Any]) -> dict[str, Any]:
    """The element's state when nobody has touched it."""
    key = VALUE_KEYS[str(element["type"])]
    empty: Any = [] if key in ("selected_options", "selected_users") else None
    return {"type": element["type"], key: element.get(INITIAL.get(key, ""), empty)}


def _option(element: Mapping[str, Any], told: str) -> dict[str, Any]:
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    for option in (one for group in groups for one in group["options"]):
        if told in (option["text"]["text"], option.get("value")):
            return dict(option)
    raise NotSent(f"there is no {told} to choose")
