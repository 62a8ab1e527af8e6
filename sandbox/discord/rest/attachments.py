"""Fresh links for files whose old ones have expired."""

from sandbox.discord.payloads import Json
from sandbox.discord.rest.call import Answer, Call
from sandbox.discord.rules.request_fields import Form

MAX_LINKS = 50


def refresh_links(call: Call) -> Answer:
    """Answer POST /attachments/refresh-urls, which Discord's description leaves out: what is gone gets null."""
    form = Form()
    listed = call.form.get("attachment_urls")
    urls = listed if isinstance(listed, list) else []
    form.length(("attachment_urls",), urls, least=1, most=MAX_LINKS)
    for index, url in enumerate(urls):
        form.text(("attachment_urls", index), url, least=1, most=2048, required=True)
    form.check()
    return Answer({"refreshed_urls": [_refreshed(call, url) for url in urls]})


def _refreshed(call: Call, url: str) -> Json:
    attachment_id = call.service.cdn.attachment_of(url)
    attachment = call.world.attachments.get(attachment_id or 0)
    known = attachment is not None and attachment.available(call.service.clock.time())
    return {"original": url, "refreshed": call.service.cdn.sign(attachment) if attachment and known else None}
