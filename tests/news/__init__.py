"""What is new: deltas, releases and feeds."""
