"""Vocabularies and graphs of several institutes side by side."""
