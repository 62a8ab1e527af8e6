"""Mistakes around the bot: its port, its folder, what is at the other end of its addresses."""

from tests.mistakes.around import Folder
from tests.mistakes.mistake import SURROUNDINGS, Environment, Mistake


def _with_a_file_for_styles(folder: Folder) -> Environment:
    folder.written("styles", b"")
    return {}


def _with_closed_styles(folder: Folder) -> Environment:
    (folder.path / "styles").mkdir(mode=0)
    return {}


OF_SURROUNDINGS = {
    "a port that is taken": Mistake(
        "port: web.port: 127.0.0.1:{taken} cannot be listened on (Address already in use); "
        "end the process that has it, or choose another port (WEB_PORT)",
        SURROUNDINGS,
        environment={"WEB_PORT": "{taken}"},
    ),
    "another machine's address": Mistake(
        "port: web.port: 192.0.2.1:8081 cannot be listened on (Cannot assign requested address); "
        "set web.host to an address of this machine (WEB_HOST)",
        SURROUNDINGS,
        environment={"WEB_HOST": "192.0.2.1", "WEB_PORT": "8081"},
    ),
    "a port of the system's": Mistake(
        "port: web.port: 127.0.0.1:80 cannot be listened on (Permission denied); "
        "choose a port of 1024 or more (WEB_PORT)",
        SURROUNDINGS,
        environment={"WEB_PORT": "80"},
        ordinary=True,
    ),
    "another token": Mistake(
        "discord: discord.token: Discord does not accept it; "
        "copy it anew from the Developer Portal (Bot → Reset Token)",
        environment={"DISCORD_TOKEN": "another"},
    ),
    "an intent that is off": Mistake(
        "intents: discord.message_content is true, and Message Content Intent is off; "
        "switch it on in the Developer Portal (Bot → Privileged Gateway Intents), or set it to false",
        toml="discord.message_content = true",
    ),
}

WAITED_FOR = {
    "nobody is there": Mistake(
        "discord: discord.api_url: http://127.0.0.1:9/api/v10: Cannot connect to …; mend it, or the network",
        environment={"DISCORD_API_URL": "http://127.0.0.1:9/api/v10"},
    ),
    "a page that is not found": Mistake(
        "discord: discord.api_url: {page}/404: 404 Not Found (error code: 0): <html>; mend it, or the network",
        environment={"DISCORD_API_URL": "{page}/404"},
    ),
    "a page": Mistake(
        "discord: discord.api_url: {page}/200: /users/@me is answered with what is no JSON: <html>; "
        "mend it, or the network",
        environment={"DISCORD_API_URL": "{page}/200"},
    ),
    "no gateway": Mistake(
        "gateway: discord.gateway_url: ws://127.0.0.1:9: Cannot connect to …; mend it, or leave it out",
        environment={"DISCORD_GATEWAY_URL": "ws://127.0.0.1:9"},
    ),
    "a page for a gateway": Mistake(
        "gateway: discord.gateway_url: ws://{page_host}/200: 200, …; mend it, or leave it out",
        environment={"DISCORD_GATEWAY_URL": "ws://{page_host}/200"},
    ),
}
"""What is at the other end of the address may come: `run` says that it cannot be reached, and tries again."""

LIVED_WITH = {
    "another key": Mistake(
        "spark: spark.api_key: Spark does not accept it; copy it anew", environment={"SPARK_API_KEY": "another"}
    ),
    "no Spark": Mistake(
        "spark: spark.base_url: http://127.0.0.1:9/: No connection to Spark came about (…); "
        "mend it, or the network",
        environment={"SPARK_BASE_URL": "http://127.0.0.1:9"},
    ),
    "a page that is not found": Mistake(
        "spark: spark.base_url: {page}/404 is not Spark's; mend it", environment={"SPARK_BASE_URL": "{page}/404"}
    ),
    "a page": Mistake(
        "spark: spark.base_url: {page}/200: Spark answered 200 with something that is no task: <html>; mend it",
        environment={"SPARK_BASE_URL": "{page}/200"},
    ),
    "an account without credit": Mistake(
        "spark: spark.api_key: its account is out of credit; top it up",
        environment={"SPARK_BASE_URL": "{page}/402"},
    ),
    "an account with too little": Mistake(
        "spark: spark.api_key: Spark answered 403: <html>; top up its account, or let the key use the models",
        environment={"SPARK_BASE_URL": "{page}/403"},
    ),
    "no channel for copies": Mistake(
        "assets: discord.assets_channel_id: 404 Not Found (error code: 10003): Unknown Channel; "
        "mend it, or let the bot see that channel",
        toml="discord.assets_channel_id = 5",
    ),
    "no folder of styles": Mistake(
        "styles: {folder}/styles is no folder; remove it, and `spark-bot previews` makes one",
        made=_with_a_file_for_styles,
    ),
    "a folder of styles that may not be read": Mistake(
        "styles: user {user} may not read {folder}/styles; make that user its owner (chown)",
        made=_with_closed_styles,
        ordinary=True,
    ),
    "more shards than Discord lets connect": Mistake(
        "shards: Discord lets … more shards connect today, and these settings have 5000; "
        "mend discord.shard_count, or wait for the next day",
        environment={"DISCORD_SHARD_COUNT": "5000"},
    ),
}
"""The bot starts all the same: people are told what it cannot do."""
