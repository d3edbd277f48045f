"""What is new: the records of two snapshots compared, releases kept side by side, feeds of the changes."""
