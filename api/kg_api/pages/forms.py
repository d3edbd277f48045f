"""What people send in the forms of pages: texts, never files."""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request

from kg.errors import CallerError
from kg_api.rest import body_of

LONGEST_TEXT = 100_000
"""The most characters of a text that a form takes."""

_LARGEST_FORM = 1_000_000
_MOST_FIELDS = 10


async def _fields(request: Request) -> dict[str, str]:
    """Read the fields of a form, with line ends as one character."""
    body = await body_of(request, _LARGEST_FORM)
    try:
        found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS, keep_blank_values=True)
    except ValueError as error:
        raise CallerError(f"The form has more than {_MOST_FIELDS} fields; send less.") from error
    fields = {name: values[0].replace("\r\n", "\n") for name, values in found.items()}
    for text in fields.values():
        if len(text) > LONGEST_TEXT:
            raise CallerError(f"The text has {len(text)} characters, the most are {LONGEST_TEXT}; send less.")
    return fields


Form = Annotated[dict[str, str], Depends(_fields)]
