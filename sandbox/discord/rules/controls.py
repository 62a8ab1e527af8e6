"""What people press and choose from, under messages and in forms: Discord's limits."""

from collections.abc import Sequence
from typing import Any

from sandbox.discord.model.components import SELECTS, ButtonStyle, ComponentType, allowed_choices
from sandbox.discord.rules.request_fields import Form, Path

MAX_PER_ROW = 5
MAX_MENU_OPTIONS = 25

_CODE = "COMPONENT_VALIDATION_FAILED"
_PREFILLED = {
    ComponentType.USER_SELECT: frozenset({"user"}),
    ComponentType.ROLE_SELECT: frozenset({"role"}),
    ComponentType.MENTIONABLE_SELECT: frozenset({"user", "role"}),
    ComponentType.CHANNEL_SELECT: frozenset({"channel"}),
}
"""What may stand from the start in a menu that clients fill."""


def check_row(form: Form, path: Path, row: dict[str, Any]) -> None:
    """Check a row of up to five buttons, or of one menu."""
    held = form.objects((*path, "components"), row.get("components"), least=1, most=MAX_PER_ROW)
    for index, component in enumerate(held):
        where = (*path, "components", index)
        if form.choice((*where, "type"), component.get("type"), {ComponentType.BUTTON, *SELECTS}):
            if component["type"] == ComponentType.BUTTON:
                check_button(form, where, component)
            else:
                check_select(form, where, component)
    if len(held) > 1 and any(component.get("type") in SELECTS for component in held):
        form.refuse((*path, "components"), _CODE, "A select menu fills its row")


def check_button(form: Form, path: Path, button: dict[str, Any]) -> None:
    """Check a button; its style says what else it needs."""
    form.text((*path, "label"), button.get("label"), most=80)
    if not form.choice((*path, "style"), button.get("style"), set(ButtonStyle)):
        return
    needs = {ButtonStyle.LINK: "url", ButtonStyle.PREMIUM: "sku_id"}.get(button["style"], "custom_id")
    most = {"url": 512, "custom_id": 100}.get(needs)
    if most is not None:
        form.text((*path, needs), button.get(needs), least=1, most=most, required=True)
    for other in {"url", "sku_id", "custom_id"} - {needs}:
        if button.get(other):
            form.refuse((*path, other), _CODE, f"A button of this style takes no {other}")
    if not button.get("label") and not button.get("emoji") and button["style"] != ButtonStyle.PREMIUM:
        form.refuse((*path, "label"), "BUTTON_COMPONENT_LABEL_REQUIRED", "A button needs a label or an emoji")


def check_select(form: Form, path: Path, menu: dict[str, Any]) -> None:
    """Check a menu to choose from."""
    form.text((*path, "custom_id"), menu.get("custom_id"), least=1, most=100, required=True)
    form.text((*path, "placeholder"), menu.get("placeholder"), most=150)
    check_number(form, path, menu, most=MAX_MENU_OPTIONS)
    if menu["type"] == ComponentType.STRING_SELECT:
        _, most = allowed_choices(menu)
        needed = most if isinstance(most, int) and most <= MAX_MENU_OPTIONS else 1
        check_options(form, path, menu, least=max(1, needed), most=MAX_MENU_OPTIONS)
        return
    given = form.objects((*path, "default_values"), menu.get("default_values"), most=MAX_MENU_OPTIONS)
    for index, each in enumerate(given):
        where = (*path, "default_values", index)
        form.choice((*where, "type"), each.get("type"), _PREFILLED[menu["type"]])
        form.snowflake((*where, "id"), each.get("id"))
    _check_prefilled(form, (*path, "default_values"), menu, given)


def check_number(form: Form, path: Path, component: dict[str, Any], *, most: int) -> None:
    """Check how many options or files a person may give, at least and at most."""
    form.number((*path, "min_values"), component.get("min_values"), least=0, most=most)
    form.number((*path, "max_values"), component.get("max_values"), least=1, most=most)


def check_options(form: Form, path: Path, component: dict[str, Any], *, least: int, most: int) -> None:
    """Check what there is to choose from."""
    options = form.objects((*path, "options"), component.get("options"), least=least, most=most)
    for index, option in enumerate(options):
        where = (*path, "options", index)
        form.text((*where, "label"), option.get("label"), least=1, most=100, required=True)
        form.text((*where, "value"), option.get("value"), least=1, most=100, required=True)
        form.text((*where, "description"), option.get("description"), most=100)
        form.flag((*where, "default"), option.get("default"))
    values = [option.get("value") for option in options]
    for index, value in enumerate(values):
        if value in values[:index]:
            form.refuse(
                (*path, "options", index, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
    _check_prefilled(form, (*path, "options"), component, [each for each in options if each.get("default")])


def _check_prefilled(form: Form, path: Path, component: dict[str, Any], given: Sequence[object]) -> None:
    _, most = allowed_choices(component)
    if isinstance(most, int) and len(given) > most:
        form.refuse(path, _CODE, f"At most {most} may be chosen from the start")
