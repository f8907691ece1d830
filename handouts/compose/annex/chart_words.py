"""The alternative texts of charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from handouts.measures.execution import Execution
from handouts.wording import execution_rate_text, number_text, thousand_yen


def lines_alt(
    title: str,
    months: Sequence[str],
    series: Sequence[tuple[str, Sequence[Decimal | str | None]]],
    unit: str,
    target: str,
) -> str:
    """What a chart of months shows, the newest year first."""
    sentences = [title, *(_line(name, figures, months, unit) for name, figures in reversed(series))]
    return _sentences([*sentences, f"目標{target}"] if target else sentences)


def execution_alt(title: str, rows: Iterable[tuple[str, Execution]]) -> str:
    """What a chart of budget and execution shows."""
    return _sentences([title, *(_execution(name, execution) for name, execution in rows)])


def _line(name: str, figures: Sequence[Decimal | str | None], months: Sequence[str], unit: str) -> str:
    points = [
        f"{month}{number_text(figure)}{unit}"
        for month, figure in zip(months, figures, strict=True)
        if isinstance(figure, Decimal)
    ]
    if not points:
        return f"{name}はまだない"
    return f"{name}は{points[0]}だけ" if len(points) == 1 else f"{name}は{points[0]}から{points[-1]}"


def _execution(name: str, execution: Execution) -> str:
    budgeted, executed = thousand_yen(execution.budgeted), thousand_yen(execution.executed)
    return f"{name}は予算額{budgeted}、執行額{executed}、執行率{execution_rate_text(execution.rate)}"


def _sentences(parts: Sequence[str]) -> str:
    return "".join(f"{part}。" for part in parts)
