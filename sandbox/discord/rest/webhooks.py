"""An interaction's webhook: its original response and follow-ups, by token."""

from sandbox.discord.model.conversation import Interaction
from sandbox.discord.rest.call import Answer, Call, upload_limit
from sandbox.discord.rules.drafts import read_draft


def get_response(call: Call) -> Answer:
    """Answer GET /webhooks/{application}/{token}/messages/{message}, also for @original."""
    return Answer(call.written(call.service.responses.find(_interaction(call), call.params["message"])))


def edit_response(call: Call) -> Answer:
    """Answer PATCH /webhooks/{application}/{token}/messages/{message}, also for @original."""
    interaction = _interaction(call)
    message = call.service.responses.find(interaction, call.params["message"])
    draft = read_draft(call.form, call.files, upload_limit=upload_limit(interaction.channel))
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


def _interaction(call: Call) -> Interaction:
    return call.service.responses.answered(call.id("application"), call.params["token"])
