"""Two vocabularies, or several institutes' graphs, side by side: candidates and differences, never facts."""
