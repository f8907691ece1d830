"""Edits in LibreOffice Writer with tracking on, over UNO: run by the system's Python, which has UNO, as a process.

office_process.py PIPE: a job on each line of the standard input, as JSON {"source", "target", "steps"}; which of the
steps could be made is answered on a line of the standard output. PIPE is the name of the pipe on which
LibreOffice listens already.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from typing import Any

import uno  # of Debian's python3-uno
from com.sun.star.beans import PropertyValue

_PARAGRAPH_BREAK = 0


def main(pipe: str) -> None:
    desktop = _desktop(pipe)
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(_edit(desktop, job["source"], job["target"], job["steps"])), flush=True)
    with suppress(Exception):  # the connection ends with the program
        desktop.terminate()


def _desktop(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for attempt in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if attempt == 239:
                raise
            time.sleep(0.5)


def _edit(desktop: Any, source: str, target: str, steps: list[dict[str, Any]]) -> list[bool]:
    document = desktop.loadComponentFromURL(_url(source), "_blank", 0, (_property("Hidden", True),))
    document.RecordChanges = True
    paragraphs: dict[str, Any] = {}
    for paragraph in _paragraphs(document.Text):
        paragraphs.setdefault(paragraph.String, paragraph)
    # Each paragraph is looked up before any is changed.
    found = [paragraphs[step["paragraph"]] for step in steps]
    done = [_STEPS[step["do"]](paragraph, step) for paragraph, step in zip(found, steps, strict=True)]
    document.storeToURL(_url(target), (_property("FilterName", "MS Word 2007 XML"),))
    document.close(True)
    return done


def _paragraphs(text: Any) -> Any:
    """The paragraphs of a text in their order, those in the cells of its tables too."""
    for block in _each(text):
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.CellNames:
                yield from _paragraphs(block.getCellByName(name))
        else:
            yield block


def _each(enumerable: Any) -> Any:
    found = enumerable.createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def _cursor(paragraph: Any, start: int, end: int) -> Any:
    cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
    cursor.goRight(start, False)
    cursor.goRight(end - start, True)
    return cursor


def _replace(paragraph: Any, step: dict[str, Any]) -> bool:
    _cursor(paragraph, step["start"], step["end"]).String = step["text"]
    return True


def _delete(paragraph: Any, step: dict[str, Any]) -> bool:
    """The words with the mark at their end; the last paragraph of a cell keeps its mark."""
    cursor = _cursor(paragraph, 0, len(step["paragraph"]))
    cursor.goRight(1, True)
    cursor.String = ""
    return True


def _insert(paragraph: Any, step: dict[str, Any]) -> bool:
    """A paragraph behind this one."""
    cursor = paragraph.Text.createTextCursorByRange(paragraph.End)
    paragraph.Text.insertControlCharacter(cursor, _PARAGRAPH_BREAK, False)
    paragraph.Text.insertString(cursor, step["text"], False)
    return True


def _split(paragraph: Any, step: dict[str, Any]) -> bool:
    cursor = _cursor(paragraph, step["start"], step["start"])
    paragraph.Text.insertControlCharacter(cursor, _PARAGRAPH_BREAK, False)
    return True


def _merge(paragraph: Any, step: dict[str, Any]) -> bool:
    """The mark at its end goes."""
    cursor = paragraph.Text.createTextCursorByRange(paragraph.End)
    if not cursor.goRight(1, True):
        return False
    cursor.String = ""
    return True


_STEPS = {"replace": _replace, "delete": _delete, "insert": _insert, "split": _split, "merge": _merge}


def _url(path: str) -> str:
    return uno.systemPathToFileUrl(path)


def _property(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    main(sys.argv[1])
