"""Files damaged on purpose: ``python -m tests.mutations SEEDS OUT --count 2000 --seed 1`` writes them to a folder.

Every kind is what happens to files on their way or what somebody may send to do harm: bits flipped, the end missing,
the head of another format, blocks repeated or blanked, a member of a zip changed and packed again, archives in
archives, small files that unpack to huge ones, XML that expands.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

Seed = tuple[str, bytes]
"""A sound file: its name and its bytes."""
Mutation = Callable[[bytes, random.Random, Sequence[Seed]], bytes]

_BOMB = 300_000_000
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 20) for level in range(1, 9))


def flipped(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """A few bits the other way round."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncated(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """The end missing, as after a broken download."""
    return data[: chance.randrange(len(data))]


def beheaded(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """The head of another format."""
    length = chance.choice((4, 8, 64, 512))
    return chance.choice(seeds)[1][:length] + data[length:]


def spliced(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """The first half of one file and the second of another."""
    other = chance.choice(seeds)[1]
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def blanked(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """A block of zeros, as a bad sector leaves it."""
    start = chance.randrange(len(data))
    length = min(len(data) - start, chance.choice((16, 512, 4096)))
    return data[:start] + bytes(length) + data[start + length :]


def repeated(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """A block many times over."""
    start = chance.randrange(len(data))
    block = data[start : start + chance.choice((8, 64, 1024))]
    return data[:start] + block * chance.choice((2, 100, 2000)) + data[start:]


def enlarged(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """Numbers in it made huge: counts, lengths, spans."""
    places = list(re.finditer(rb"\d+", data))
    for match in sorted(chance.sample(places, min(len(places), 5)), key=lambda match: -match.start()):
        data = data[: match.start()] + chance.choice((b"0", b"-1", b"999999999", b"4294967295")) + data[match.end() :]
    return data


def repacked(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """A member of a zip mutated and packed again; other files are flipped."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(one.filename, archive.read(one)) for one in archive.infolist()]
    except zipfile.BadZipFile:
        return flipped(data, chance, seeds)
    spoilt = chance.randrange(len(members))
    name, content = members[spoilt]
    inner = chance.choice((flipped, truncated, blanked, repeated, enlarged))
    members[spoilt] = (name, inner(content, chance, seeds) if content else content)
    if chance.random() < 0.2:
        del members[chance.randrange(len(members))]
    return _zipped(members)


def nested(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """Archives in archives."""
    for depth in range(chance.choice((1, 2, 5, 30))):
        data = _zipped([(f"层{depth}.zip" if depth else "报告.txt", data)])
    return data


def bomb(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """A zip, or the main part of a document, that unpacks to far more than it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [one.filename for one in archive.infolist()]
    except zipfile.BadZipFile:
        names = ["报告.txt"]
    size = _BOMB if chance.random() < 0.3 else _BOMB // 20
    return _zipped([(name, b"0" * size if at == 0 else b"x") for at, name in enumerate(names[:3])])


def laughing(data: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """XML whose entities expand without end, or that points to files and hosts, put before the root element."""
    doctype = b'<!DOCTYPE x [<!ENTITY l0 "1">' + _LAUGHS + b'<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(one.filename, archive.read(one)) for one in archive.infolist()]
    except zipfile.BadZipFile:
        return doctype + data.replace(b">", b">&l8;&f;", 3)
    return _zipped([(name, _with_doctype(content, doctype)) for name, content in members])


MUTATIONS: tuple[Mutation, ...] = (
    flipped, truncated, beheaded, spliced, blanked, repeated, enlarged, repacked, repacked, nested, bomb, laughing,
)  # fmt: skip


def mutated(seeds: Sequence[Seed], count: int, seed: int) -> Iterator[Seed]:
    """``count`` damaged files: every seed and every kind in turn, the rest by chance; some bear another's suffix.

    Example: ``next(mutated([("公报.docx", data)], 1, seed=1))`` → a .docx with a few bits flipped
    """
    chance = random.Random(seed)
    for number in range(count):
        name, data = seeds[number % len(seeds)]
        change = MUTATIONS[number // len(seeds) % len(MUTATIONS)]
        suffix = Path(chance.choice(seeds)[0] if chance.random() < 0.1 else name).suffix
        yield f"{number:05d}-{change.__name__}{suffix}", change(data, chance, seeds)


def _with_doctype(content: bytes, doctype: bytes) -> bytes:
    opening = re.search(rb"<[A-Za-z]", content)
    if opening is None:
        return content
    return content[: opening.start()] + doctype + content[opening.start() :].replace(b"</w:t>", b"&l8;&f;</w:t>", 5)


def _zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def main() -> None:
    """Write mutated files of all those in a folder to another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--largest", type=int, default=2_000_000, help="larger seeds are left out")
    given = parser.parse_args()
    files = sorted(path for path in given.seeds.iterdir() if path.stat().st_size <= given.largest)
    given.out.mkdir(parents=True, exist_ok=True)
    for name, data in mutated([(path.name, path.read_bytes()) for path in files], given.count, given.seed):
        (given.out / name).write_bytes(data)


if __name__ == "__main__":
    main()
