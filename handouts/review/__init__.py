"""A handout that came back: what was changed in it, as proposals for the dataset that it was made of."""
