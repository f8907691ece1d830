"""Lets `python -m handouts` start the command line."""

from handouts.commands.main import main

if __name__ == "__main__":
    main(prog_name="handouts")
