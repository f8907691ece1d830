"""How the command line says what was written into a stored dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handouts.commands.parts import show_changes
from handouts.commands.terminal import say

if TYPE_CHECKING:
    from handouts.runs.updating import Update


def show_update(updated: Update, all_changes: bool = False) -> None:
    """Prints what was changed and written."""
    show_changes(updated.changes, all_changes, "--all-changes")
    for path in updated.written:
        click.echo(str(path))
    if updated.is_new:
        click.echo("新しいデータにしました。")
    elif updated.written:
        click.echo(f"{len(updated.changes)} 件の変更を取り込みました。")
    else:
        click.echo("変わったところはありません。")
    if updated.kept:
        say(
            f"書き換える前のブックは {updated.kept} に残しました（表の外の覚え書きと書式は、そちらにあります）。"
        )
