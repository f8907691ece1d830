"""Reviewers of a Word file that we sent: what they change with tracking on, and what comes of it on the way back."""
