"""The settings: what an operator may choose, where it is read, and each mistake in a line."""

from bot.settings.mistakes import SettingsInvalid
from bot.settings.reading import ENVIRONMENT, forget_secrets, load, log_settings, required, usual_file
from bot.settings.sections import (
    DiscordSettings,
    EstimateSettings,
    LogSettings,
    Settings,
    SparkSettings,
    WebSettings,
)

__all__ = [
    "ENVIRONMENT",
    "DiscordSettings",
    "EstimateSettings",
    "LogSettings",
    "Settings",
    "SettingsInvalid",
    "SparkSettings",
    "WebSettings",
    "forget_secrets",
    "load",
    "log_settings",
    "required",
    "usual_file",
]
