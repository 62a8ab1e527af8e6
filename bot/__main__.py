"""`python -m bot` is `spark-bot`."""

from bot.cli import main

main()
