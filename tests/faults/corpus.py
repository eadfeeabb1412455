"""A small invented corpus and what a night changes of it: many formats, copies, files that cannot be read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.pipeline.readers.seeds import seeds

BASE_TIME = 1_700_000_000
"""Files bear times of their own, so that two corpora made alike are alike."""
PLACES = ("云川县", "临溪市", "望江区", "石桥镇")


def first_night(corpus: Path, plain: bool = False) -> None:
    """The corpus as the first run finds it; ``plain`` leaves out all that is no text.

    Example: ``云川县/00.txt``, ``各种格式/公报.docx``, ``坏文件/0.docx``
    """
    for number in range(24):
        _write(corpus, f"{PLACES[number % 4]}/{number:02d}.txt", _report(number, number).encode(), 0)
    if plain:
        return
    for name, data in seeds():
        _write(corpus, f"各种格式/{name}", data, 0)
    for number, data in enumerate((b"PK\x03\x04", b"%PDF-1.7\n%%EOF", bytes(64), b"")):
        _write(corpus, f"坏文件/{number}.{('docx', 'pdf', 'bin', 'txt')[number]}", data, 0)
    _write(corpus, "望江区/副本.txt", _report(3, 3).encode(), 0)


def next_night(corpus: Path, night: int = 1, plain: bool = False) -> None:
    """New, changed and gone files; a file that is sound again and one that no longer is.

    Example: ``云川县/00.txt`` says another figure, ``临溪市/01.txt`` is gone
    """
    for number in range(0, 24, 4):
        _write(corpus, f"{PLACES[0]}/{number:02d}.txt", _report(number, number + 100 * night).encode(), night)
    for number in range(30, 36):
        _write(corpus, f"新报/{night}/{number}.txt", _report(number, number + night).encode(), night)
    (corpus / f"{PLACES[1]}/{4 * night - 3:02d}.txt").unlink(missing_ok=True)
    if plain:
        return
    for name, data in seeds():
        _write(corpus, f"新报/{night}/{name}", data, night)
    _write(corpus, "坏文件/3.txt", _report(40, 40 + night).encode(), night)
    _write(corpus, f"坏文件/新{night}.xlsx", b"PK\x05\x06" + bytes(18), night)


def fresh(folder: Path) -> Path:
    """An empty folder in place of whatever was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _report(number: int, figure: int) -> str:
    place = PLACES[number % 4]
    total, part = 100 + figure, 60 + figure
    return (
        f"{place}2024年工作总结\n\n一、医疗\n"
        f"全年新建村卫生室{total}个，其中标准化卫生室{part}个，占{part / total:.1%}。\n"
        f"二、投资\n全年完成投资{figure + 3}.2亿元，同比增长{number % 9}.6%。年末常住人口{figure + 20}.5万人。\n"
    )


def _write(corpus: Path, name: str, data: bytes, night: int) -> None:
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    stamp = BASE_TIME + 86_400 * night
    os.utime(path, (stamp, stamp))
