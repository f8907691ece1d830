"""The dataset model and its text form."""
