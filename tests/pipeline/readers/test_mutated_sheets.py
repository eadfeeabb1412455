"""Damaged workbooks, tables, letters and archives are read or rejected, at once."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest

from pipeline.readers import Limits, RejectedFile, read
from pipeline.readers.archives import contents, member_bytes

from .test_archives import packed
from .test_mhtml import PAGE, TABLE, letter
from .workbooks import sheet_of

SECONDS = 5
SEEDS = {
    "a.xlsx": sheet_of(["村", "户数"], *(["东村", at * 1.5] for at in range(50))),
    "a.csv": "村,户数\n东村,12\n".encode("gb18030") * 50,
    "a.mht": letter(PAGE.format(TABLE)),
}
SEEDS["a.zip"] = packed(*SEEDS.items(), ("b.zip", packed(("b.txt", b"5.1%"))))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, cut off, cut out or overwritten."""
    made = bytearray(data)
    first, second = sorted(chance.randrange(len(made)) for _ in range(2))
    kind = chance.randrange(4)
    if kind == 0:
        for _ in range(chance.choice((1, 3, 20))):
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del made[first:]
    elif kind == 2:
        del made[first:second]
    else:
        made[first : first + 200] = made[second : second + 200]
    return bytes(made)


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """A zip with one of its members mutated and packed again; other bytes mutated as they are."""
    if not data.startswith(b"PK"):
        return mutated(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    victim = chance.randrange(len(files))
    return packed(*((name, mutated(one, chance) if at == victim else one) for at, (name, one) in enumerate(files)))


def documents(data: bytes, name: str) -> list[tuple[bytes, str]]:
    """The file, or the files in it."""
    found = contents(data, Limits()) if name.endswith(".zip") else None
    if found is None:
        return [(data, name)]
    return [(member_bytes(data, member.at, Limits()), member.path) for member in found.members]


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("way", [mutated, mutated_inside])
def test_each_is_read_or_rejected(name: str, way: object) -> None:
    chance = random.Random(name)
    for _ in range(60):
        data = way(SEEDS[name], chance)  # type: ignore[operator]
        began = time.monotonic()
        try:
            for content, path in documents(data, name):
                read(content, path)
        except RejectedFile as rejected:
            assert rejected.message
        assert time.monotonic() - began < SECONDS
