"""Templates: the only use of Jinja, always in its sandbox, and what is wrong with a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from os.path import normpath
from pathlib import Path
from traceback import walk_tb
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import (
    SecurityError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from handouts.findings import HandoutError

# What could end a string or a value of a style sheet.
_UNSAFE_IN_CSS = re.compile(r"""[\x00-\x1f\x7f!"$&'()*,;<=>?@\[\\\]^`{|}~]""")
_LONGEST_REASON = 300  # characters of what Jinja or Python says
_FAULTS: Mapping[type[Exception], str] = {
    TemplateSyntaxError: "書き方が正しくありません",
    SecurityError: "テンプレートに許されていない操作があります",
    UndefinedError: "ない名前が使われています",
    ZeroDivisionError: "計算の中で、0 で割っています",
    RecursionError: "include や macro が、自分自身を呼び続けています",
    MemoryError: "大きすぎて作れません",
    Exception: "計算や値の使い方が正しくありません",
}


class Templates:
    """The templates in some folders, the first of which wins; what they get is values and `functions`.

    They run in Jinja's sandbox: none of them reaches files, the network or the program itself.
    """

    def __init__(
        self, folders: Sequence[Path], functions: Mapping[str, Callable[..., Any]] = MappingProxyType({})
    ) -> None:
        self._folders = [Path(normpath(folder)) for folder in folders]
        self._environment = ImmutableSandboxedEnvironment(
            loader=_Loader([str(folder) for folder in self._folders]),
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
        self._environment.globals |= functions

    def page(self, name: str, **values: object) -> str:
        """The page that the template `name` makes, all values escaped; raises HandoutError where it is wrong."""
        return self._render(self._environment, name, values)

    def text(self, name: str, **values: object) -> str:
        """A text that is no markup: nothing is escaped, lines of tags leave no blank ones."""
        plain = self._environment.overlay(autoescape=False, trim_blocks=True, lstrip_blocks=True)
        return self._render(plain, name, values)

    def style_sheet(self, name: str, **values: object) -> Markup:
        """A style sheet for the inside of <style>, for a function of a page: what a template raises goes through."""
        return Markup(self._environment.overlay(finalize=in_css).get_template(name).render(**values))

    def _render(self, environment: Environment, name: str, values: Mapping[str, object]) -> str:
        try:
            return environment.get_template(name).render(**values)
        except HandoutError:
            raise
        except Exception as error:  # a template can raise whatever Python can
            raise HandoutError(
                f"テンプレート {self._place(error) or name}: {_explain(error)}。templates フォルダーのファイルを直してください。"
            ) from None

    def _place(self, error: Exception) -> str:
        """The innermost template of those that led to the error, with its line; empty where none did."""
        place = ""
        for frame, line in walk_tb(error.__traceback__):
            path = Path(frame.f_code.co_filename)
            for folder in self._folders:
                if path.is_relative_to(folder):
                    place = f"{path.relative_to(folder).as_posix()} {line}行"
        return place


def in_css(value: object) -> Markup:
    """`value` as it may stand in a style sheet, in a string or by itself: what could end either is escaped."""
    if isinstance(value, Markup):
        return value
    return Markup(_UNSAFE_IN_CSS.sub(lambda sign: f"\\{ord(sign[0]):x} ", str(value)))


class _Loader(FileSystemLoader):
    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except TemplateNotFound:
            raise
        except (OSError, UnicodeDecodeError):
            raise HandoutError(
                f"テンプレート {template}: 読めません。文字コードを UTF-8 にして保存し直してください。"
            ) from None


def _explain(error: Exception) -> str:
    """What is wrong; what Jinja or Python says of it, in English, stands behind for who wrote the template."""
    if isinstance(error, TemplateNotFound):
        return f"{error.name} というテンプレートがありません"
    fault = next(text for kind, text in _FAULTS.items() if isinstance(error, kind))
    said = " ".join(str(error).split())[:_LONGEST_REASON]
    return f"{fault}（{said}）" if said else fault
