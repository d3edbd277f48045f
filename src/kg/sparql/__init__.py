"""Queries from outside: a tokeniser in front, killable read-only workers behind."""
