"""Answers to an interaction: the first, and by its token its original response and follow-ups."""

from sandbox.discord.model.commands import OptionType
from sandbox.discord.model.conversation import Interaction
from sandbox.discord.model.kinds import CallbackType
from sandbox.discord.payloads import Json
from sandbox.discord.payloads.interactions import callback as written
from sandbox.discord.rest.call import Answer, Call, upload_limit
from sandbox.discord.rules.commands import MAX_CHOICES, check_choice
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


def get_response(call: Call) -> Answer:
    """Answer GET /webhooks/{application}/{token}/messages/{message}, also for @original."""
    return Answer(call.written(call.service.responses.find(_interaction(call), call.params["message"])))


def edit_response(call: Call) -> Answer:
    """Answer PATCH /webhooks/{application}/{token}/messages/{message}, also for @original."""
    interaction = _interaction(call)
    message = call.service.responses.find(interaction, call.params["message"])
    limit = upload_limit(interaction.channel)
    draft = read_draft(call.form, call.files, upload_limit=limit, edits=message)
    return Answer(call.written(call.service.responses.edit(interaction, message, draft)))


def delete_response(call: Call) -> Answer:
    """Answer DELETE /webhooks/{application}/{token}/messages/{message}, also for @original."""
    interaction = _interaction(call)
    message = call.service.responses.find(interaction, call.params["message"])
    call.service.responses.delete(interaction, message)
    return Answer()


def follow_up(call: Call) -> Answer:
    """Answer POST /webhooks/{application}/{token}."""
    interaction = _interaction(call)
    draft = read_draft(call.form, call.files, upload_limit=upload_limit(interaction.channel))
    return Answer(call.written(call.service.responses.follow_up(interaction, draft)))


def _take(call: Call, interaction: Interaction, kind: CallbackType) -> Json | None:
    responses = call.service.responses
    data = call.form.get("data") or {}
    if kind is CallbackType.MODAL:
        responses.open_modal(interaction, read_modal(data))
        return None
    if kind is CallbackType.AUTOCOMPLETE_RESULT:
        responses.suggest(interaction, _read_choices(data, _focused(interaction.data["options"])))
        return None
    edits = interaction.message if kind is CallbackType.MESSAGE_UPDATE else None
    draft = read_draft(data, call.files, upload_limit=upload_limit(interaction.channel), edits=edits)
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


def _interaction(call: Call) -> Interaction:
    return call.service.responses.answered(call.id("application"), call.params["token"])
