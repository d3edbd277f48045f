"""Tests of what we write for others."""
