from pathlib import Path

import pytest

from corpus.parsing import parse_report
from corpus.report import Report
from corpus.session import session_in


@pytest.mark.parametrize(
    ("line", "session"),
    [
        ("外空协调会议第三十八届会议及其第十四届公开会议报告", "第三十八届会议"),
        ("第 七十三 届会议", "第七十三届会议"),
        ("第十届紧急特别会议", "第十届紧急特别会议"),
        ("Report on its eighty-fifth session", "eighty-fifth session"),
        ("Thirteenth session", "Thirteenth session"),
        ("SEVENTY-THIRD SESSION", "SEVENTY-THIRD SESSION"),
        ("Fortieth session, agenda item 5", "Fortieth session"),
        ("twelfth special session of the Assembly", "twelfth special session"),
        ("Human Rights Council, 59th session", "59th session"),
        ("Soixante-treizième session", "Soixante-treizième session"),
        ("Septuagésimo tercer período de sesiones", "Septuagésimo tercer período de sesiones"),
        ("Семьдесят третья сессия", "Семьдесят третья сессия"),
        ("in session since the first of May", ""),
        ("第三次会议", ""),
    ],
)
def test_the_session_is_found_as_it_is_printed(line: str, session: str) -> None:
    assert session_in([line]) == session


def test_the_title_counts_before_the_lines_around_it() -> None:
    assert session_in(["Report of the tenth session", "Fifth session"]) == "tenth session"


def test_a_report_says_its_session(bundled: Report, second_report: Path) -> None:
    assert bundled.session == "第三十八届会议"
    assert parse_report(second_report).session == "第五届会议"
