"""The command line as tests call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from click.testing import CliRunner, Result

from handouts.commands.main import main

Run: TypeAlias = Callable[..., Result]


def call(*args: object) -> Result:
    """What comes of a call in the working folder."""
    return CliRunner().invoke(main, [str(arg) for arg in args], prog_name="handouts")
