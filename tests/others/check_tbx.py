"""Hold a TBX file to RELAX NG and Schematron rules and print what breaks them.

Run: python check_tbx.py FILE RULES...   (rules end in .rng or .sch)
"""

import sys

from lxml import etree
from lxml.isoschematron import Schematron

document = etree.parse(sys.argv[1])
for rules in sys.argv[2:]:
    schema = etree.parse(rules)
    if rules.endswith(".rng"):
        check = etree.RelaxNG(schema)
        check.validate(document)
        for fault in check.error_log:
            print(f"{rules}: {fault.line}: {fault.message}")
    else:
        check = Schematron(schema, store_report=True)
        check.validate(document)
        for fault in check.validation_report.iterfind(".//{*}failed-assert"):
            print(f"{rules}: {fault.get('location')}: {' '.join(''.join(fault.itertext()).split())}")
