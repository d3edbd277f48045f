"""What a question asks about."""

import re

_FRAME = re.compile(
    r"^\s*(?:(?:what(?:'s| is| are| does| do)|who is|define|explain|tell me about|(?:the )?(?:definition|meaning) of)"
    r"\s+(?:(?:an?|the)\s+)?)?"
    r"(?P<asked>.+?)"
    r"(?:\s+(?:means?|stands? for|definition|meaning)"
    r"|とは(?:何|なに|なん|どう)?[^一-龯]{0,12}|って(?:何|なに|なん)[^一-龯]{0,8}|について[^、。]{0,20}|とは[^、。]{0,12}"
    r"|の(?:意味|定義)(?:[はをが][^、。]{0,20})?|[をが]?(?:教えて|知りたい)[^一-龯]{0,10})?"
    r"\s*[?？。!！]*\s*$",
    re.IGNORECASE,
)


def asked_about(text: str) -> str:
    """The subject of a question, or the text itself when it is none.

    >>> asked_about("What is red teaming?")
    'red teaming'
    >>> asked_about("AIの安全性評価とは何ですか？")
    'AIの安全性評価'
    """
    found = _FRAME.match(text)
    return found["asked"] if found else text
