"""``nlp.add_pipe("zhibiao")``: spans with the mention's fields, whatever cuts the tokens and wherever they go."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from pipeline.spacy_component import DISPLACY, Metrics

ROOT = Path(__file__).resolve().parents[2]
TEXT = "盐池县2024年上半年，早孕建册数4218例，早孕建册率93.6%，同比提高2.1个百分点，达到90%以上的目标。"
REPORT = ROOT / "corpus" / "sample" / "yunchuan-health-2024h1.txt"
UNIT = '[[unit]]\nname = "筏船"\ndimension = "count"\nkind = "classifier"\n'


def blank(segmenter: str = "char", **config: Any) -> Language:
    """A blank Chinese pipeline with the component."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    nlp.add_pipe("zhibiao", config=config)
    return nlp


def told(doc: Doc, key: str = "metrics") -> list[tuple[Any, ...]]:
    """The figures of a document, as far as they must not change on the way."""
    return [
        (span.text, span.label_, span._.metric, span._.value, span._.unit, span._.indicator, span._.entity)
        for span in doc.spans[key]
    ]


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A folder of the user's own lexicon files."""
    folder = tmp_path / "自定义词典"
    folder.mkdir()
    (folder / "units.toml").write_text(UNIT, encoding="utf-8")
    return folder


class TestSpans:
    def test_fields_and_labels(self) -> None:
        doc = blank()(TEXT)
        spans = doc.spans["metrics"]
        assert [span.label_ for span in spans] == ["level", "level", "change", "target"]
        rate = spans[1]
        assert (rate.text, rate._.value, rate._.unit, rate._.indicator) == ("93.6%", 93.6, "%", "早孕建册率")
        assert (rate._.entity, rate._.entity_id, rate._.period) == ("盐池县", "640323", "2024-01/2024-06")
        assert (spans[2]._.basis, spans[3]._.comparator, spans[3]._.status) == ("yoy", ">=", "target")
        assert rate._.metric.sentence_text == TEXT

    def test_the_document_has_facts(self) -> None:
        doc = blank()(REPORT.read_text(encoding="utf-8"))
        assert (doc._.facts.region, doc._.facts.period) == ("云川县", "2024-01/2024-06")
        assert spacy.blank("zh")(TEXT)._.facts is None

    def test_a_part_leads_to_its_total(self) -> None:
        doc = blank()("全县共有医疗机构214家，其中县级医院3家。")
        whole, part = doc.spans["metrics"]
        assert (part._.total, whole._.total) == (whole, None)

    @pytest.mark.parametrize("segmenter", ["char", pytest.param("jieba", marks=pytest.mark.slow)])
    def test_the_same_whatever_cuts_the_tokens(self, segmenter: str) -> None:
        text = REPORT.read_text(encoding="utf-8")
        doc, plain = blank(segmenter)(text), Metrics()(spacy.blank("zh")(text))
        assert [span._.metric for span in doc.spans["metrics"]] == [span._.metric for span in plain.spans["metrics"]]
        for span in doc.spans["metrics"]:
            exact = doc.text[span._.char_start : span._.char_end]
            assert exact == span._.metric.text
            assert exact in span.text

    def test_a_token_that_is_wider_is_taken_whole(self) -> None:
        nlp = blank()
        words = ["全年", "罚款3.8万", "元", "。"]
        doc = nlp(Doc(nlp.vocab, words, spaces=[False] * 4))
        doc = doc
        (span,) = doc.spans["metrics"]
        assert (span.text, span._.metric.text, span._.char_start, span._.char_end) == ("罚款3.8万元", "3.8万元", 4, 9)

    def test_two_figures_in_one_token_keep_apart(self) -> None:
        nlp = blank()
        doc = nlp(Doc(nlp.vocab, ["检查40户次，罚款3.8万元。"], spaces=[False]))
        assert [span._.value for span in doc.spans["metrics"]] == [40.0, 38000.0]

    def test_a_metric_that_becomes_an_entity_keeps_its_fields(self) -> None:
        doc = blank()(TEXT)
        doc.set_ents([Span(doc, one.start, one.end, "METRIC") for one in doc.spans["metrics"]])
        assert [entity._.value for entity in doc.ents] == [span._.value for span in doc.spans["metrics"]]
        assert doc[0:2]._.value is None

    def test_no_figures_and_no_words(self) -> None:
        nlp = blank()
        assert [len(nlp(text).spans["metrics"]) for text in ("", "工作有序推进。", "\n")] == [0, 0, 0]


class TestConfig:
    def test_what_the_texts_do_not_say(self) -> None:
        doc = blank(region="盐池县", period="2024", spans_key="指标")("罚款3.8万元。")
        (span,) = doc.spans["指标"]
        assert (span._.entity, span._.period) == ("盐池县", "2024")

    def test_own_lexicons(self, overlay: Path) -> None:
        doc = blank(lexicons=str(overlay))("新增渔业养殖12筏船。")
        (span,) = doc.spans["metrics"]
        assert span._.unit == "筏船"

    def test_two_of_them_side_by_side(self) -> None:
        nlp = blank()
        nlp.add_pipe("zhibiao", name="next", config={"period": "2025", "spans_key": "next"})
        doc = nlp("罚款3.8万元。")
        assert [doc.spans[key][0]._.period for key in ("metrics", "next")] == ["", "2025"]

    def test_a_region_that_is_none(self) -> None:
        with pytest.raises(Exception, match="region 没有县: no region"):
            blank(region="没有县")


class TestStorage:
    def test_batches(self) -> None:
        nlp = blank()
        docs = list(nlp.pipe([TEXT, "罚款3.8万元。"] * 5, batch_size=3))
        assert [told(doc) for doc in docs] == [told(nlp(doc.text)) for doc in docs]

    @pytest.mark.slow
    def test_several_processes(self) -> None:
        nlp = blank()
        texts = [TEXT, "罚款3.8万元。"] * 5
        assert [told(doc) for doc in nlp.pipe(texts, n_process=2)] == [told(doc) for doc in nlp.pipe(texts)]

    def test_docbin(self) -> None:
        docs = list(blank().pipe([TEXT, "罚款3.8万元。"]))
        stored = DocBin(store_user_data=True, docs=docs).to_bytes()
        back = list(DocBin().from_bytes(stored).get_docs(spacy.blank("zh").vocab))
        assert [told(doc) for doc in back] == [told(doc) for doc in docs]
        assert [doc._.facts for doc in back] == [doc._.facts for doc in docs]

    def test_a_pipeline_on_disk_carries_the_lexicons(self, overlay: Path, tmp_path: Path) -> None:
        nlp = blank(lexicons=str(overlay), region="盐池县")
        nlp.to_disk(tmp_path / "模型")
        (overlay / "units.toml").unlink()
        overlay.rmdir()
        doc = spacy.load(tmp_path / "模型")("新增渔业养殖12筏船。")
        (span,) = doc.spans["metrics"]
        assert (span._.unit, span._.entity) == ("筏船", "盐池县")

    def test_a_pipeline_as_bytes(self, overlay: Path) -> None:
        nlp = blank(lexicons=str(overlay), region="盐池县")
        doc = blank().from_bytes(nlp.to_bytes())("新增渔业养殖12筏船。")
        (span,) = doc.spans["metrics"]
        assert (span._.unit, span._.entity) == ("筏船", "盐池县")

    def test_pickled(self) -> None:
        pipe = pickle.loads(pickle.dumps(Metrics(region="盐池县", spans_key="指标")))
        assert (pipe.region, pipe.spans_key) == ("盐池县", "指标")


def test_displacy_draws_them_and_escapes_the_text() -> None:
    doc = blank()("<script>alert(1)</script>早孕建册率93.6%。")
    html = displacy.render(doc, style="span", options=DISPLACY, jupyter=False)
    assert "level" in html.lower()
    assert "<script>" not in html


@pytest.mark.slow
def test_spacy_finds_it_without_an_import(tmp_path: Path) -> None:
    """As when it is installed: the entry point of pyproject.toml, in the metadata of a distribution."""
    (points,) = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"].items()
    (folder := tmp_path / "zhibiao-0.dist-info").mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: zhibiao\nVersion: 0\n")
    lines = [f"[{points[0]}]", *(f"{name} = {where}" for name, where in points[1].items())]
    (folder / "entry_points.txt").write_text("\n".join(lines) + "\n")
    code = "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('zhibiao'); print(nlp('罚款3.8万元')._.facts.title)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
    )
    assert done.returncode == 0, done.stderr.decode()


def test_what_others_wrote_cannot_leave_its_folder() -> None:
    written = Metrics().to_bytes().replace(b'"lexicons": {}', b'"lexicons": {"../units.toml": ""}')
    with pytest.raises(ValueError, match="no name of a lexicon file"):
        Metrics().from_bytes(written)
