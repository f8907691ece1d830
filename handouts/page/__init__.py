"""Handout to HTML, HTML to PDF."""
