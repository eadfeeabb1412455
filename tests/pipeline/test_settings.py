"""Settings come from arguments, the environment and zhibiao.toml, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.settings import load_settings
from pipeline.sources import Address


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CORPUS", "OUT", "WORKERS", "SEGMENTER"):
        monkeypatch.delenv(f"ZHIBIAO_{name}", raising=False)
    return tmp_path


def test_defaults() -> None:
    settings = load_settings()
    assert (settings.corpus, settings.out) == (Address("corpus/sample"), Path("outputs"))
    assert settings.segmenter == "rjieba"


def test_arguments_win_over_environment_and_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "zhibiao.toml").write_text('corpus = "文件"\nout = "文件"\nworkers = 1\n', encoding="utf-8")
    monkeypatch.setenv("ZHIBIAO_OUT", "环境")
    monkeypatch.setenv("ZHIBIAO_WORKERS", "2")
    settings = load_settings(workers=3, out=None)
    assert (settings.corpus, settings.out, settings.workers) == (Address("文件"), Path("环境"), 3)


def test_a_corpus_is_a_path_or_an_address(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBIAO_CORPUS", "sftp://user:geheim@host/报告")
    settings = load_settings()
    assert settings.corpus == Address("sftp://user:geheim@host/报告")
    assert "geheim" not in f"{settings!r} {settings} {settings.corpus}"
    assert load_settings(**settings.model_dump(mode="json")) == settings
    monkeypatch.setenv("ZHIBIAO_CORPUS", "sftp://user:geheim@host/报告")
    assert "geheim" not in str(settings.parameters())
    assert load_settings(**settings.parameters()) == settings
    monkeypatch.delenv("ZHIBIAO_CORPUS")
    assert load_settings(corpus=Path("报告")).parameters()["corpus"] == "报告"
    (folder / "zhibiao.toml").write_text("corpus = 5\n")
    with pytest.raises(UsageError, match=r"setting corpus .*give a path or an address, not 5"):
        load_settings()


def test_an_unknown_setting_is_named(folder: Path) -> None:
    (folder / "zhibiao.toml").write_text("worker = 2\n")
    with pytest.raises(UsageError, match=r"zhibiao.toml: unknown setting worker; the settings are corpus, out"):
        load_settings()


def test_a_file_that_is_no_toml(folder: Path) -> None:
    (folder / "zhibiao.toml").write_text("corpus =\n")
    with pytest.raises(UsageError, match=r"zhibiao.toml cannot be read: .*line 1"):
        load_settings()


def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBIAO_WORKERS", "0")
    with pytest.raises(UsageError, match=r"setting workers .ZHIBIAO_WORKERS.: .*greater than or equal to 1, not '0'"):
        load_settings()


def test_errors_are_one_line() -> None:
    with pytest.raises(UsageError) as error:
        load_settings(segmenter="两\n行")
    assert "\n" not in error.value.message
    assert error.value.exit_code == 2
