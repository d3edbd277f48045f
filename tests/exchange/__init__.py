"""Tests of what we take in from others."""
