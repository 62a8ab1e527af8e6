"""`python -m tests.image`: builds what the image holds, without an engine, and runs it.

The first stage of the Dockerfile is played line by line in a folder of its own, where only what it copies is. Then
what it has installed must hold every file of the project's packages, and do the main job. `IMAGE_PYTHON` names the
interpreter, which should be of the image's version.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_ROOT: Final = Path(__file__).parents[1]
_FOR_DEVELOPERS: Final = {"bot/store/migrations/script.py.mako"}
_LINE: Final = "/imagine prompt:a red fox in snow"


def main() -> None:
    """Build, look and run; raises where something is missing or ends otherwise than with 0."""
    with TemporaryDirectory(prefix="image-") as folder:
        root = Path(folder)
        home = root / "opt/spark-bot"
        source, python = root / "src", os.environ.get("IMAGE_PYTHON") or sys.executable
        begun = time.monotonic()
        for instruction, words in _build_stage():
            _play(instruction, words, source, home, python)
        _say("built", f"in {time.monotonic() - begun:.0f} s, {_megabytes(home)} MB")
        shutil.rmtree(source)  # what runs must not need it
        _look(home)
        _run(root, home)


def _build_stage() -> Iterator[tuple[str, str]]:
    """Give the instructions of the first stage, each with its words."""
    for line in _dockerfile().split("\nFROM ")[1].splitlines():
        instruction, _, words = line.partition(" ")
        if instruction in {"RUN", "COPY"}:
            yield instruction, words


def _dockerfile() -> str:
    return (_ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")


def _play(instruction: str, words: str, source: Path, home: Path, python: str) -> None:
    """Do what a line of the Dockerfile does, with the paths of here."""
    source.mkdir(parents=True, exist_ok=True)
    if instruction == "RUN":
        _call(re.sub(r"^python ", f"{python} ", words).replace("/opt/spark-bot", str(home)), source)
        return
    *copied, target = words.split()
    for name in copied:
        if (_ROOT / name).is_dir():
            unwanted = shutil.ignore_patterns("__pycache__")  # as .dockerignore has it
            shutil.copytree(_ROOT / name, source / target, ignore=unwanted)
        else:
            shutil.copy(_ROOT / name, source / target)


def _look(home: Path) -> None:
    """Find every file of the packages that git knows: code, migrations, the page."""
    [packages] = home.glob("lib/python*/site-packages")
    known = _call("git ls-files bot spark sandbox", _ROOT).split()
    missing = {name for name in known if not (packages / name).exists()} - _FOR_DEVELOPERS
    if missing:
        raise SystemExit(f"not in the wheel: {', '.join(sorted(missing))}")
    own = sum(file.stat().st_size for name in known if (file := packages / name).exists())
    _say("files", f"{len(known)} of the project's, {own / 1e6:.1f} MB")


def _run(root: Path, home: Path) -> None:
    """Ask the versions, and play a line of the demo."""
    spark_bot = f"{home}/bin/spark-bot"
    [of_the_image] = set(re.findall(r"^FROM python:([\d.]+)", _dockerfile(), re.MULTILINE))
    _say("python", f"{_call(f'{home}/bin/python -V', root).split()[1]}; the image has {of_the_image}")
    _say("version", _call(f"{spark_bot} --version", root).strip())
    begun = time.monotonic()
    played = _call(f"{spark_bot} demo --once '{_LINE}' --out {root}/out", root)
    if "here is your picture" not in played or not list((root / "out").glob("*.png")):
        raise SystemExit(f"the demo made no picture:\n{played}")
    _say("demo", f"one picture, in {time.monotonic() - begun:.0f} s")


def _call(command: str, folder: Path) -> str:
    """Run a command line and give what it printed; what it says where it fails is shown."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True)  # noqa: S602
    if done.returncode:
        raise SystemExit(f"{command}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _megabytes(folder: Path) -> int:
    return (
        sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) // 10**6
    )


def _say(what: str, told: str) -> None:
    sys.stdout.write(f"{what:8} {told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
