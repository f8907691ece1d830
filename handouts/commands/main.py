"""The program and its commands.

Nothing heavy is imported before a command needs it, so that the help comes at once.
"""

from __future__ import annotations

import click

from handouts import __version__
from handouts.commands.comparing import compare
from handouts.commands.datasets import import_, list_, new
from handouts.commands.editions import edition
from handouts.commands.history import history, redo, undo
from handouts.commands.mail import mail
from handouts.commands.making import build, check
from handouts.commands.reviewing import review
from handouts.commands.start import Program, show_next_steps
from handouts.commands.workbook import workbook


@click.group(
    cls=Program,
    invoke_without_command=True,
    examples=("handouts new gunma-r8 --branch 群馬 --year R8", "handouts check", "handouts build gunma-r8"),
    then="コマンドを書かずに handouts とだけ書くと、次にふつうすることを示す。コマンドごとの説明は handouts build --help など。",
)
@click.version_option(__version__, message="handouts %(version)s", help="版を表示して終わる")
@click.pass_context
def main(context: click.Context) -> None:
    """評議会の資料（PDF・Word・Excel）を、一度だけ入力したデータから作る。

    データは data フォルダーに、支部と年度ごとのフォルダーか Excel のブックとして置く。
    """
    if context.invoked_subcommand is None:
        show_next_steps()


for command in (
    new,
    import_,
    workbook,
    check,
    build,
    edition,
    review,
    compare,
    mail,
    list_,
    undo,
    redo,
    history,
):
    main.add_command(command)
