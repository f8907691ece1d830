"""One run from top to bottom: build, import, collect, compare."""
