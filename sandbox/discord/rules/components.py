"""Buttons and menus under a message: Discord's limits."""

from typing import Any

from sandbox.discord.model.components import SELECTS, ButtonStyle, ComponentType, allowed_choices, every
from sandbox.discord.rules.request_fields import Form, Path

MAX_ROWS = 5
MAX_PER_ROW = 5
MAX_V2_COMPONENTS = 40
MAX_MENU_OPTIONS = 25


_TOP_LEVEL_V2 = frozenset(
    {
        ComponentType.ACTION_ROW,
        ComponentType.SECTION,
        ComponentType.TEXT_DISPLAY,
        ComponentType.MEDIA_GALLERY,
        ComponentType.FILE,
        ComponentType.SEPARATOR,
        ComponentType.CONTAINER,
    }
)
_CODE = "COMPONENT_VALIDATION_FAILED"


def read_components(form: Form, value: object, *, v2: bool) -> list[dict[str, Any]] | None:
    """Check the field `components` of a message; None where it is absent."""
    if value is None:
        return None
    components = form.objects(("components",), value, most=MAX_V2_COMPONENTS if v2 else MAX_ROWS)
    top = _TOP_LEVEL_V2 if v2 else {ComponentType.ACTION_ROW}
    for index, component in enumerate(components):
        path = ("components", index)
        if form.choice((*path, "type"), component.get("type"), top):
            _check(form, path, component)
    everything = list(every(components))
    if v2 and len(everything) > MAX_V2_COMPONENTS:
        form.refuse(("components",), _CODE, f"Must be {MAX_V2_COMPONENTS} or fewer in all.")
    ids = [component["custom_id"] for component in everything if component.get("custom_id")]
    for twice in {each for each in ids if ids.count(each) > 1}:
        form.refuse(
            ("components",),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            f"Component custom id cannot be duplicated: {twice}",
        )
    for number, component in enumerate(everything, start=1):
        component.setdefault("id", number)
    return components


def _check(form: Form, path: Path, component: dict[str, Any]) -> None:
    kind = component.get("type")
    if kind == ComponentType.ACTION_ROW:
        _check_row(form, path, component)
    elif kind == ComponentType.BUTTON:
        _check_button(form, path, component)
    elif kind in SELECTS:
        check_select(form, path, component)
    else:
        for index, nested in enumerate(component.get("components") or []):
            _check(form, (*path, "components", index), nested)
        if isinstance(accessory := component.get("accessory"), dict):
            _check(form, (*path, "accessory"), accessory)


def _check_row(form: Form, path: Path, row: dict[str, Any]) -> None:
    held = form.objects((*path, "components"), row.get("components"), least=1, most=MAX_PER_ROW)
    for index, component in enumerate(held):
        where = (*path, "components", index)
        if form.choice((*where, "type"), component.get("type"), {ComponentType.BUTTON, *SELECTS}):
            _check(form, where, component)
    if len(held) > 1 and any(component.get("type") in SELECTS for component in held):
        form.refuse((*path, "components"), _CODE, "A select menu fills its row")


def _check_button(form: Form, path: Path, button: dict[str, Any]) -> None:
    form.text((*path, "label"), button.get("label"), most=80)
    if not form.choice((*path, "style"), button.get("style"), set(ButtonStyle)):
        return
    if button["style"] == ButtonStyle.LINK:
        form.text((*path, "url"), button.get("url"), least=1, most=512, required=True)
    elif button["style"] != ButtonStyle.PREMIUM:
        form.text((*path, "custom_id"), button.get("custom_id"), least=1, most=100, required=True)
    if not button.get("label") and not button.get("emoji") and button["style"] != ButtonStyle.PREMIUM:
        form.refuse((*path, "label"), "BUTTON_COMPONENT_LABEL_REQUIRED", "A button needs a label or an emoji")


def check_select(form: Form, path: Path, menu: dict[str, Any]) -> None:
    """Check a menu to choose from."""
    form.text((*path, "custom_id"), menu.get("custom_id"), least=1, most=100, required=True)
    form.text((*path, "placeholder"), menu.get("placeholder"), most=150)
    form.number((*path, "min_values"), menu.get("min_values"), least=0, most=MAX_MENU_OPTIONS)
    form.number((*path, "max_values"), menu.get("max_values"), least=1, most=MAX_MENU_OPTIONS)
    if menu["type"] != ComponentType.STRING_SELECT:
        return
    _, most = allowed_choices(menu)
    needed = most if isinstance(most, int) and most <= MAX_MENU_OPTIONS else 1
    options = form.objects((*path, "options"), menu.get("options"), least=max(1, needed), most=MAX_MENU_OPTIONS)
    for index, option in enumerate(options):
        where = (*path, "options", index)
        form.text((*where, "label"), option.get("label"), least=1, most=100, required=True)
        form.text((*where, "value"), option.get("value"), least=1, most=100, required=True)
        form.text((*where, "description"), option.get("description"), most=100)
    values = [option.get("value") for option in options]
    for index, value in enumerate(values):
        if value in values[:index]:
            form.refuse(
                (*path, "options", index, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
