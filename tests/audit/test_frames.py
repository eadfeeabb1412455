"""The audit of data frames, also of those in which pandas put NaN where nothing is known."""

from __future__ import annotations

import math

import pandas as pd

from pipeline.audit.frames import audit
from tests.audit.audit_examples import _rows

TEXT = "全县活产数1189人，早孕建册数1058例，早孕建册率93.6%。3994.7万老年人中，女性2000万。\n"


def findings(documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame) -> list[tuple[str, str]]:
    """The checks that find something, with what they say."""
    found = audit(documents, sentences, mentions)[1]
    return list(zip(found["check"], found["message"], strict=True))


def test_a_string_that_is_nan_is_one_that_is_empty() -> None:
    rows = _rows("云川县2024.txt", TEXT)
    documents, sentences = pd.DataFrame([rows.document]), pd.DataFrame(rows.sentences)
    mentions = pd.DataFrame(rows.mentions)
    known = mentions.notna() & (mentions != "")
    assert not known.all(axis=None)
    holed = mentions.astype(object).where(known, math.nan)
    expected = findings(documents, sentences, mentions)
    assert [check for check, _ in expected] == ["R02"]
    assert findings(documents, sentences, holed) == expected
