"""click's own texts: each is Japanese, or belongs to something that our commands do not use."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import click

from handouts.commands import japanese

# Modules of which no command uses anything that speaks: bars of progress, consoles of old Windows, completion in shells.
UNUSED = {"_termui_impl", "_winconsole", "shell_completion", "testing"}
# What no command has: values that are numbers, files or dates, several values at once, values from the environment,
# defaults in the help, questions of yes or no, help about arguments, parts that go out of use.
CANNOT_OCCUR = {
    *("deprecated", "DeprecationWarning: The command {name!r} is deprecated.{extra_message}"),
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    *("Positional arguments", "env var: {var}", "default: {default}", "(dynamic)"),
    *("Value must be an iterable.", "Takes {nargs} values but 1 was given."),
    *("Takes {nargs} values but {len} were given.", "Argument {name!r} takes {nargs} values."),
    *("Option {name!r} requires {nargs} arguments.", "Confirm the action without prompting."),
    *("Do you want to continue?", "Repeat for confirmation", "Error: The two entered values do not match."),
    *("Error: invalid input", "Press any key to continue...", "Unknown color {colour!r}"),
    *("{value} is not in the range {range}.", "{value!r} is not a valid {number_type}."),
    "{value!r} is not a valid boolean. Recognized values: {states}",
    *("{value!r} is not a valid UUID.", "{value!r} does not match the format {format}."),
    "{value!r} does not match the formats {formats}.",
    *("{len_type} values are required, but {len_value} was given.", "Choice({choices})"),
    "{len_type} values are required, but {len_value} were given.",
    *("{name} {filename!r} does not exist.", "{name} {filename!r} is a directory."),
    *("{name} {filename!r} is not writable.", "{name} {filename!r} is not executable."),
    *("Could not open file {filename!r}: {message}", "unknown error"),
    # Said in our own words instead: what is missing, one of a few words, the version.
    *("Missing argument", "Missing option", "Missing parameter", "Missing {param_type}"),
    *("Missing parameter: {param_name}", "Choose from:\n\t{choices}", "{value!r} is not {choice}."),
    *("{value!r} is not one of {choices}.", "%(prog)s, version %(version)s", "Show the version and exit."),
    *("Invalid value: {message}", "No such option {name!r}.", "Did you mean {possibility}?"),
    "(Did you mean one of: {possibilities}?)",
    # Mistakes in the declaration of a command.
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead?"
    " Did you mean to pass '--{name}'?",
    *("Arguments take exactly one parameter declaration, got {length}: {decls}.",),
    *("Name '{name}' defined twice", "Boolean option {decl!r} cannot use the same flag for true/false."),
    *("Invalid start character for option ({option})", "Unknown standard stream '{name}'"),
}


def texts_of(path: Path) -> set[str]:
    """The texts that a module of click has translated."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    marked = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext")]
    texts = [
        argument.value for call in marked for argument in call.args if isinstance(argument, ast.Constant)
    ]
    return {text for text in texts if isinstance(text, str)}


def test_every_text_of_click_that_a_command_can_show_is_japanese() -> None:
    modules = [path for path in Path(click.__file__).parent.glob("*.py") if path.stem not in UNUSED]
    texts = set().union(*map(texts_of, modules))
    assert texts - CANNOT_OCCUR - japanese.TEXTS.keys() == set()
    # "required" is translated where it is used.
    assert japanese.TEXTS.keys() - texts == {"required"}


def test_a_translation_has_all_the_places_that_click_fills_in_and_no_others() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    others = {text for text, translated in japanese.TEXTS.items() if places(text) != places(translated)}
    assert others == set()
