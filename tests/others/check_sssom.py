"""Validate a mapping set and print its number of rows, and of rows without a counterpart, after reading."""

import sys

from sssom.parsers import parse_sssom_table
from sssom.validators import validate

mappings = parse_sssom_table(sys.argv[1])
for report in validate(mappings, fail_on_error=False).values():
    for result in report.results:
        print(result.message, file=sys.stderr)
print(len(mappings.df), int((mappings.df["object_id"] == "sssom:NoTermFound").sum()))
