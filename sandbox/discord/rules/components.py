"""What a message is made of beside its text: Discord's limits, for rows alone and for Components V2.

Sources: Discord's component reference, its OpenAPI description, and for the characters of all texts together
discord-api-docs 8562; for their bytes 8554.
"""

from collections.abc import Collection
from typing import Any

from sandbox.discord.model.components import ComponentType, every, texts_of
from sandbox.discord.rules.controls import check_button, check_row
from sandbox.discord.rules.errors import SERVER_ERROR, DiscordError
from sandbox.discord.rules.request_fields import Form, Path

MAX_ROWS = 5
MAX_COMPONENTS = 40
"""Of a message of Components V2, with all that is nested; the items of a gallery are none."""
MAX_TEXT = 4000
"""Characters of all text displays of a message together."""
MAX_TEXT_BYTES = 10170
"""Their bytes together, with twelve for each."""
MAX_ITEMS = 10
MAX_SECTION_TEXTS = 3
MAX_ALT_TEXT = 1024
ATTACHED = "attachment://"

_IN_CONTAINER = frozenset(
    {
        ComponentType.ACTION_ROW,
        ComponentType.SECTION,
        ComponentType.TEXT_DISPLAY,
        ComponentType.MEDIA_GALLERY,
        ComponentType.FILE,
        ComponentType.SEPARATOR,
    }
)
_TOP_LEVEL = _IN_CONTAINER | {ComponentType.CONTAINER}
_ACCESSORIES = frozenset({ComponentType.BUTTON, ComponentType.THUMBNAIL})
_CODE = "COMPONENT_VALIDATION_FAILED"


def read_components(form: Form, value: object, *, v2: bool, files: Collection[str]) -> list[dict[str, Any]]:
    """Check the field `components` of a message and number its components.

    Args:
        form: collects what is wrong.
        value: the field.
        v2: whether the message has the flag of Components V2.
        files: the names of the message's files, for what names them.

    Raises:
        DiscordError: 500 for more bytes of text than the real one takes.

    """
    components = form.objects(("components",), value, most=MAX_COMPONENTS if v2 else MAX_ROWS)
    for index, component in enumerate(components):
        path = ("components", index)
        if form.choice((*path, "type"), component.get("type"), _TOP_LEVEL if v2 else {ComponentType.ACTION_ROW}):
            _check(form, path, component, files)
    if form.clean:
        _check_whole(form, components)
        number(form, ("components",), components)
    return components


def number(form: Form, path: Path, components: list[dict[str, Any]]) -> None:
    """Check that no two ids are the same, and give an id to whatever has none."""
    everything = list(every(components))
    for field, code in (("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"), ("id", _CODE)):
        given = [component[field] for component in everything if component.get(field)]
        for twice in {each for each in given if given.count(each) > 1}:
            form.refuse(path, code, f"Component {field} cannot be duplicated: {twice}")
    taken = {component["id"] for component in everything if component.get("id")}
    free = (each for each in range(1, 2 * len(everything) + 1) if each not in taken)
    for component in everything:
        component["id"] = component.get("id") or next(free)


def _check_whole(form: Form, components: list[dict[str, Any]]) -> None:
    if len(list(every(components))) > MAX_COMPONENTS:
        form.refuse(("components",), _CODE, f"Must be {MAX_COMPONENTS} or fewer in all.")
    texts = texts_of(components)
    if sum(map(len, texts)) > MAX_TEXT:
        code = "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"
        form.refuse(("components",), code, f"Displayable text size exceeds maximum size of {MAX_TEXT}")
    elif sum(len(text.encode()) + 12 for text in texts) > MAX_TEXT_BYTES:
        raise DiscordError(SERVER_ERROR)


def _check(form: Form, path: Path, component: dict[str, Any], files: Collection[str]) -> None:
    form.number((*path, "id"), component.get("id"), least=0, most=2**31 - 1)
    match component["type"]:
        case ComponentType.ACTION_ROW:
            check_row(form, path, component)
        case ComponentType.CONTAINER:
            _check_container(form, path, component, files)
        case ComponentType.SECTION:
            _check_section(form, path, component, files)
        case ComponentType.TEXT_DISPLAY:
            form.text((*path, "content"), component.get("content"), least=1, most=MAX_TEXT, required=True)
        case ComponentType.MEDIA_GALLERY:
            items = form.objects((*path, "items"), component.get("items"), least=1, most=MAX_ITEMS)
            for index, item in enumerate(items):
                _check_media(form, (*path, "items", index), item, files)
        case ComponentType.FILE:
            form.flag((*path, "spoiler"), component.get("spoiler"))
            _check_address(form, (*path, "file"), component.get("file"), files, only_attached=True)
        case ComponentType.SEPARATOR:
            form.flag((*path, "divider"), component.get("divider"))
            if component.get("spacing") is not None:
                form.choice((*path, "spacing"), component["spacing"], {1, 2})


def _check_container(form: Form, path: Path, container: dict[str, Any], files: Collection[str]) -> None:
    form.number((*path, "accent_color"), container.get("accent_color"), least=0, most=0xFFFFFF)
    form.flag((*path, "spoiler"), container.get("spoiler"))
    held = form.objects((*path, "components"), container.get("components"), least=1, most=MAX_COMPONENTS)
    for index, component in enumerate(held):
        where = (*path, "components", index)
        if form.choice((*where, "type"), component.get("type"), _IN_CONTAINER):
            _check(form, where, component, files)


def _check_section(form: Form, path: Path, section: dict[str, Any], files: Collection[str]) -> None:
    texts = form.objects((*path, "components"), section.get("components"), least=1, most=MAX_SECTION_TEXTS)
    for index, text in enumerate(texts):
        where = (*path, "components", index)
        if form.choice((*where, "type"), text.get("type"), {ComponentType.TEXT_DISPLAY}):
            _check(form, where, text, files)
    beside = section.get("accessory")
    where = (*path, "accessory")
    if not isinstance(beside, dict):
        form.refuse(where, "BASE_TYPE_REQUIRED", "This field is required")
    elif form.choice((*where, "type"), beside.get("type"), _ACCESSORIES):
        if beside["type"] == ComponentType.BUTTON:
            check_button(form, where, beside)
        else:
            _check_media(form, where, beside, files)


def _check_media(form: Form, path: Path, shown: dict[str, Any], files: Collection[str]) -> None:
    if shown.get("description") is not None:
        form.text((*path, "description"), shown["description"], least=1, most=MAX_ALT_TEXT)
    form.flag((*path, "spoiler"), shown.get("spoiler"))
    _check_address(form, (*path, "media"), shown.get("media"), files)


def _check_address(
    form: Form, path: Path, media: object, files: Collection[str], *, only_attached: bool = False
) -> None:
    if not isinstance(media, dict):
        form.refuse(path, "BASE_TYPE_REQUIRED", "This field is required")
        return
    where = (*path, "url")
    url = form.text(where, media.get("url"), least=1, most=2048, required=True)
    if url.startswith(ATTACHED):
        if (name := url.removeprefix(ATTACHED)) not in files:
            code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
            form.refuse(where, code, f'The referenced attachment "{name}" was not found')
    elif only_attached:
        form.refuse(where, _CODE, f"Must be a reference to a file: {ATTACHED}name")
    elif url and not url.startswith(("http://", "https://")):
        form.refuse(where, "URL_TYPE_INVALID_SCHEME", f'Scheme "{url.partition(":")[0]}" is not supported.')
