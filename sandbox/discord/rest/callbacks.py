"""The first answer to an interaction."""

from sandbox.discord.model.conversation import Interaction
from sandbox.discord.model.kinds import CallbackType
from sandbox.discord.payloads import Json
from sandbox.discord.payloads.interactions import callback as written
from sandbox.discord.rest.call import Answer, Call, upload_limit
from sandbox.discord.rules.commands import MAX_CHOICES, OptionType, check_choice
from sandbox.discord.rules.drafts import read_draft
from sandbox.discord.rules.modals import read_modal
from sandbox.discord.rules.request_fields import Form


def answer_interaction(call: Call) -> Answer:
    """Answer POST /interactions/{interaction}/{token}/callback."""
    responses = call.service.responses
    interaction = responses.answerable(call.id("interaction"), call.params["token"])
    kind = responses.check_callback(interaction, call.form.get("type"))
    message = _take(call, interaction, kind)
    if call.query.get("with_response") not in ("1", "true"):
        return Answer()
    return Answer(written(interaction, message=message))


def _take(call: Call, interaction: Interaction, kind: CallbackType) -> Json | None:
    responses = call.service.responses
    data = call.form.get("data") or {}
    if kind is CallbackType.MODAL:
        responses.open_modal(interaction, read_modal(data))
        return None
    if kind is CallbackType.AUTOCOMPLETE_RESULT:
        responses.suggest(interaction, _read_choices(data, _focused(interaction.data["options"])))
        return None
    draft = read_draft(data, call.files, upload_limit=upload_limit(interaction.channel))
    message = responses.answer(interaction, kind, draft)
    return None if message is None else call.written(message)


def _focused(options: list[Json]) -> OptionType:
    """Tell the type of the option that is typed into."""
    while not (found := [option for option in options if option.get("focused")]):
        [options] = [option["options"] for option in options]
    return OptionType(found[0]["type"])


def _read_choices(data: Json, kind: OptionType) -> list[Json]:
    form = Form()
    choices = form.objects(("data", "choices"), data.get("choices"), most=MAX_CHOICES)
    for index, choice in enumerate(choices):
        check_choice(form, ("data", "choices", index), choice, kind)
    form.check()
    return choices
