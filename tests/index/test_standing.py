"""What a report is by itself: the places of its title and the countries that it is about."""

from pathlib import Path

import pytest

from corpus.parsing import parse_report
from index.standing import Standing
from index.tokenizer import Tokenizer


def standing(folder: Path, text: str) -> Standing:
    (folder / "report.txt").write_text(text, encoding="utf-8")
    return Standing.of(parse_report(folder / "report.txt"), Tokenizer())


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("2025年北京市政府工作报告", ["北京", "北京市"]),
        ("江西省湿地保护条例", ["江西", "江西省"]),
        ("港口安全审查会第五届会议报告", []),
    ],
)
def test_the_places_of_a_title(tmp_path: Path, title: str, places: list[str]) -> None:
    assert standing(tmp_path, f"{title}\n\n1. 会议通过了报告。\n\n2. 会议闭幕。\n").places == places


def test_a_country_named_again_and_again_is_what_a_report_is_about(tmp_path: Path) -> None:
    often = "".join(f"{n}. Calls upon the authorities of Libya to publish report {n};\n\n" for n in range(1, 5))
    once = "5. Thanks Norway for the ships;\n\n6. Decides to remain seized of the matter.\n"
    assert standing(tmp_path, f"Resolution 2769\n\n{often}{once}").subjects == ["libya", "利比亚"]


def test_a_country_named_once_is_not_what_a_report_is_about(tmp_path: Path) -> None:
    text = "Report\n\n1. Mali opened the meeting.\n\n2. Romania closed it.\n\n3. The minutes were read.\n"
    assert standing(tmp_path, text).subjects == []
