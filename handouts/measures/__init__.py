"""Rules that give figures: pure functions from what was entered to what is printed."""
