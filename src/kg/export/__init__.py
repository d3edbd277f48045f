"""Write a snapshot, or a part of it, in the formats that other tools read."""
