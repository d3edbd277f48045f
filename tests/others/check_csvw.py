"""Read a table by its CSVW metadata and print whether it is valid, and its number of rows."""

import sys

from csvw import CSVW

table = CSVW(sys.argv[1], validate=True)
print(table.is_valid, len(list(table.tables[0])))
