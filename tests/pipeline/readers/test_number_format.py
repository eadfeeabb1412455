"""Figures of a sheet stand as it shows them."""

from __future__ import annotations

import pytest

from pipeline.readers.sheets.number_format import general, shown, with_text

ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12.3, "General", "12.3"),
        (12.3, "0.00", "12.30"),
        (0.945, "0.0%", "94.5%"),
        (0.0945, "0.0%", "9.5%"),
        (1.005, "0.00", "1.01"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-12.6, "#,##0_ ;[Red]-#,##0\\ ", "-13"),
        (-3.2, "0.00;[Red]0.00", "-3.20"),
        (-0.001, "0.00", "0.00"),
        (0, ACCOUNTS, "-"),
        (1234.5, ACCOUNTS, "1,234.50"),
        (-1234.5, ACCOUNTS, "-1,234.50"),
        (0, "#,##0;-#,##0;;@", ""),
        (3, '0"个"', "3个"),
        (94.5, '0.0"%"', "94.5%"),
        (5.5, '"¥"#,##0.00', "¥5.50"),
        (5.5, "[$¥-804]#,##0.00", "¥5.50"),
        (123, "000000", "000123"),
        (1234567, "#,##0,", "1,235"),
        (12_345_678, '0.0,,"百万"', "12.3百万"),
        (123456, '0!.0,"万"', "12.3万"),
        (123456, '0\\.0,"万"', "12.3万"),
        (12345, '[>=10000]0.0,"千";0', "12.3千"),
        (999, '[>=10000]0.0,"千";0', "999"),
        (1234.5, "#,##0.##", "1,234.5"),
        (1234567, "000-0000", "123-4567"),
        (12, "[DBNum1][$-804]General", "12"),
        (12.5, 'General"元"', "12.5元"),
        (5, "@", "5"),
        (5, "", "5"),
    ],
)
def test_figures(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (45292, "yyyy/m/d", "2024/1/1"),
        (45292, 'yyyy"年"m"月"', "2024年1月"),
        (45292, '[$-804]yyyy"年"m"月"d"日";@', "2024年1月1日"),
        (45292, "[$-F800]dddd, mmmm dd, yyyy", "2024年1月1日"),
        (45292.75, "yyyy-mm-dd hh:mm:ss", "2024-01-01 18:00:00"),
        (0.75, "h:mm AM/PM", "6:00 PM"),
        (0.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (1.5, "[h]:mm", "36:00"),
        (45292, "aaaa", "星期一"),
        (45292, "mmm-yy", "Jan-24"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (-1, "yyyy-mm-dd", "-1"),
        (1e9, "yyyy-mm-dd", "1000000000"),
    ],
)
def test_days_and_times(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_days_since_1904() -> None:
    assert shown(43830, "yyyy-mm-dd", since_1904=True) == "2024-01-01"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333"),
        (12345.678912345, "12345.67891"),
        (123456789012, "123456789012"),
        (-2.5e-05, "-0.000025"),
        (1e300, "1e+300"),
        (-7, "-7"),
    ],
)
def test_general(value: float, text: str) -> None:
    assert general(value) == text


def test_words_around_a_text() -> None:
    assert with_text("云川县", '0;0;0;@"财政局"') == "云川县财政局"
    assert with_text("云川县", "0.00") == "云川县"


@pytest.mark.parametrize(
    "code", [";;;", '"', "[", "[>", "%" * 400, "0" * 499 + ".", "?" * 400, "m" * 400, ",", "\\", "_"]
)
def test_no_format_fails(code: str) -> None:
    for value in (0.0, -1.5, 1e308, 5e-324, 45292.5):
        assert isinstance(shown(value, code), str)
