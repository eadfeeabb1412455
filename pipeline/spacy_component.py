"""zhibiao as a component of spaCy: ``nlp.add_pipe("zhibiao")``.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> _ = nlp.add_pipe("zhibiao", config={"region": "盐池县"})
>>> doc = nlp("2024年早孕建册率93.6%，同比提高2.1个百分点，达到90%以上的目标。")
>>> [(span.text, span.label_, span._.value, span._.unit) for span in doc.spans["metrics"]]
[('93.6%', 'level', 93.6, '%'), ('2.1个百分点', 'change', 2.1, '百分点'), ('90%', 'target', 90.0, '%')]

What is stored in a document are plain lists and dicts, so that it can be written and sent to other processes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Span

import lexicons as knowledge
from extractors.model import Facts
from lexicons.loader import files
from pipeline.analyse import FoundMention, analyse_text, hints
from pipeline.overlay import overlay_of

NAME: Final = "zhibiao"
SPANS: Final = "metrics"
COLOURS: Final = {"level": "#9fd3c7", "change": "#f5d491", "target": "#e8b4b8"}
DISPLACY: Final = {"spans_key": SPANS, "colors": COLOURS}
"""Options of displaCy: ``displacy.render(doc, style="span", options=DISPLACY)``."""
LEFT_OUT: Final = ("start", "end", "text", "sentence", "part_of")
"""Fields of a mention that are no extension attributes of the same name."""
CONFIG, OVERLAY = "config.json", "lexicons"


class Metrics:
    """Finds the figures of a document; made by ``nlp.add_pipe("zhibiao")``.

    ``region`` and ``period`` (EDTF) are what the texts do not say, ``lexicons`` is a folder of your own files,
    ``spans_key`` the name of the group of spans.

    >>> import spacy
    >>> pipe = Metrics(period="2024")
    >>> doc = pipe(spacy.blank("zh")("全年罚款3.8万元。"))
    >>> doc.spans["metrics"][0]._.period
    '2024'
    """

    def __init__(
        self, *, region: str = "", period: str = "", lexicons: str | None = None, spans_key: str = SPANS
    ) -> None:
        self.region, self.period, self.lexicons, self.spans_key = region, period, lexicons, spans_key
        self._unpacked: TemporaryDirectory[str] | None = None
        if lexicons is None or Path(lexicons).is_dir():  # else they come with what is read from disk
            self._open(overlay_of(Path(lexicons) if lexicons else None))

    def _open(self, overlay: Path | None) -> None:
        self._words = knowledge.load(overlay)
        self._known = hints(self._words, self.region, self.period)

    def __call__(self, doc: Doc) -> Doc:
        """The document with the spans of its figures, and what is known of it as a whole.

        Example: ``Metrics()(nlp.make_doc("全年罚款3.8万元。")).spans["metrics"]``
        """
        report = analyse_text(doc.text, self._words, self._known)
        stored = doc.user_data.setdefault(NAME, {})
        stored["facts"] = asdict(report.facts)
        stored[self.spans_key] = [{**asdict(one), "section": list(one.section)} for one in report.mentions]
        spans = (_span(doc, one, f"{self.spans_key}:{at}") for at, one in enumerate(report.mentions))
        doc.spans[self.spans_key] = list(spans)
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The component with the words of the user's own lexicons.

        >>> len(Metrics(region="盐池县").to_bytes()) < 200
        True
        """
        return json.dumps({"config": self._config(), OVERLAY: self._files()}).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Metrics:
        """The component as it was.

        >>> Metrics().from_bytes(Metrics(region="盐池县").to_bytes()).region
        '盐池县'
        """
        stored = json.loads(data)
        return self._restore(stored["config"], stored[OVERLAY])

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the component into a folder, with the user's own lexicon files.

        Example: ``nlp.to_disk("模型")`` writes ``模型/zhibiao/config.json``
        """
        folder = Path(path)
        (folder / OVERLAY).mkdir(parents=True, exist_ok=True)
        (folder / CONFIG).write_text(json.dumps(self._config(), ensure_ascii=False), encoding="utf-8")
        for name, text in self._files().items():
            (folder / OVERLAY / name).write_text(text, encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Metrics:
        """The component that was written into a folder.

        Example: ``spacy.load("模型").get_pipe("zhibiao")``
        """
        folder = Path(path)
        overlay = {name: file.read_text(encoding="utf-8") for name, file in files(folder / OVERLAY).items()}
        return self._restore(json.loads((folder / CONFIG).read_text(encoding="utf-8")), overlay)

    def __reduce__(self) -> tuple[Callable[[bytes], Metrics], tuple[bytes]]:
        """For processes that are not forked."""
        return _restored, (self.to_bytes(),)

    def _config(self) -> dict[str, str]:
        return {"region": self.region, "period": self.period, "spans_key": self.spans_key}

    def _files(self) -> dict[str, str]:
        folder = self._words.overlay
        return {name: path.read_text(encoding="utf-8") for name, path in files(folder).items()} if folder else {}

    def _restore(self, config: dict[str, str], overlay: dict[str, str]) -> Metrics:
        if strange := [name for name in overlay if Path(name).name != name]:
            raise ValueError(f"{strange[0]!r} is no name of a lexicon file; this was not written by zhibiao")
        self.region, self.period, self.spans_key = config["region"], config["period"], config["spans_key"]
        self._unpacked = TemporaryDirectory(prefix="zhibiao-") if overlay else None
        folder = Path(self._unpacked.name) if self._unpacked else None
        for name, text in overlay.items() if folder else ():
            (folder / name).write_text(text, encoding="utf-8")  # type: ignore[operator]
        self._open(folder)
        return self


def _restored(data: bytes) -> Metrics:
    return Metrics().from_bytes(data)


@Language.factory(NAME, default_config={"region": "", "period": "", "lexicons": None, "spans_key": SPANS})
def make(nlp: Language, name: str, region: str, period: str, lexicons: str | None, spans_key: str) -> Metrics:
    """What ``nlp.add_pipe("zhibiao", config={"region": "盐池县"})`` makes.

    >>> import spacy
    >>> spacy.blank("zh").add_pipe("zhibiao", config={"region": "盐池县"}).region
    '盐池县'
    """
    return Metrics(region=region, period=period, lexicons=lexicons, spans_key=spans_key)


def _span(doc: Doc, mention: FoundMention, id: str) -> Span:
    """The tokens of a figure: all that it touches, where a segmenter has cut otherwise."""
    label = "target" if mention.status == "target" else mention.measure
    span = doc.char_span(mention.start, mention.end, label=label, span_id=id, alignment_mode="expand")
    assert span is not None
    return span


def _place(span: Span) -> tuple[str, int] | None:
    """The group of a span and its number in it; of a span that is no metric but has its tokens (an entity) too."""
    stored = span.doc.user_data.get(NAME, {})
    key, _, at = span.id_.rpartition(":") if span.id else ("", "", "")
    if key in stored:
        return key, int(at)
    for key in stored:
        for number, one in enumerate(span.doc.spans.get(key, ())):
            if (one.start, one.end) == (span.start, span.end):
                return key, number
    return None


def _metric(span: Span) -> FoundMention | None:
    place = _place(span)
    if place is None:
        return None
    said = span.doc.user_data[NAME][place[0]][place[1]]
    return FoundMention(**{**said, "section": tuple(said["section"])})


def _field(name: str, span: Span) -> Any:
    return getattr(_metric(span), name, None)


def _total(span: Span) -> Span | None:
    place, part_of = _place(span), _field("part_of", span)
    return None if place is None or part_of is None else span.doc.spans[place[0]][part_of]


def _facts(doc: Doc) -> Facts | None:
    stored = doc.user_data.get(NAME)
    return Facts(**stored["facts"]) if stored else None


def register() -> None:
    """Give documents ``doc._.facts`` and spans ``span._.metric``, ``span._.value`` and so on; done by importing this.

    An attribute of the same name that is there already stays as it is.

    >>> import spacy
    >>> spacy.blank("zh")("云川县")[:]._.metric is None
    True
    """
    names = [field.name for field in fields(FoundMention) if field.name not in LEFT_OUT]
    getters: dict[str, Callable[[Span], Any]] = {name: partial(_field, name) for name in names}
    getters |= {"char_start": partial(_field, "start"), "char_end": partial(_field, "end")}
    getters |= {"metric": _metric, "total": _total}
    for name, getter in getters.items():
        if not Span.has_extension(name):
            Span.set_extension(name, getter=getter)
    if not Doc.has_extension("facts"):
        Doc.set_extension("facts", getter=_facts)


register()
