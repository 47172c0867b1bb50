"""What every test can ask for: the bundled report, read once, and an assistant over it."""

from pathlib import Path

import pytest
from hypothesis import settings

from assistant import Assistant
from corpus.parsing import parse_report
from corpus.report import Report

BUNDLED = Path(__file__).parent.parent / "corpus" / "samples" / "un-space-meeting-38.zh.txt"
EVALUATION = Path(__file__).parent / "evaluation"

settings.register_profile("pincite", deadline=None)  # time is measured in benchmarks, not in tests
settings.load_profile("pincite")


@pytest.fixture(scope="session")
def bundled_path() -> Path:
    return BUNDLED


@pytest.fixture(scope="session")
def bundled() -> Report:
    return parse_report(BUNDLED)


@pytest.fixture(scope="session")
def shared_assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the bundled report alone. Tests must not change its library."""
    return Assistant.open(tmp_path_factory.mktemp("home"))


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    """An assistant over the bundled report, for the test alone."""
    return Assistant.open(tmp_path / "home")


@pytest.fixture
def second_report(tmp_path: Path) -> Path:
    """A short invented report, numbered, with an item and a table."""
    path = tmp_path / "harbour-2025.zh.txt"
    path.write_text(
        "港口安全审查会第五届会议报告\n\n（2025年3月4日在青岛举行）\n\n一. 概况\n\n"
        "1. 会议审议了港口照明的改造方案，并批准了七百万元的预算。\n\n"
        "2. 审查会的任务是：\n\n(a) 核查码头的消防设备；\n\n(b) 登记靠泊的渡轮。\n\n"
        "附件\n\n与会者名单\n\n港务局\t王小明\n\t李雷\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def english_report(tmp_path: Path) -> Path:
    """A short invented report in English, with sections, references and names with their abbreviations."""
    path = tmp_path / "lighthouse-2023.txt"
    path.write_text(
        "Report of the Lighthouse Commission on its fourth session\n\n(Geneva, 6 March 2023)\n\n"
        "I. Introduction\n\n"
        "1. The Lighthouse Commission held its fourth session in Geneva on 6 March 2023. The International Maritime "
        "Organization (IMO) sent an observer.\n\n"
        "2. The session was chaired by Ms. Ada Brook.\n\n"
        "II. Attendance\n\n"
        "3. The Harbour Engineering Laboratory (HEL) and the United Nations Institute for Training and Research (UNITAR) "
        "attended.\n\n"
        "4. HEL spoke on the foghorn trials. The rules on quorum set out in paragraph 6 applied to the vote.\n\n"
        "III. Decisions\n\n"
        "5. The Commission decided to repaint the northern lighthouse before 30 September 2024, as recommended in annex I.\n\n"
        "6. A quorum is seven members. IMO offered to publish the list of members.\n\n"
        "Annex I\n\nRepainting plan\n\n"
        "The northern lighthouse is to be painted in red and white bands of two metres.\n",
        encoding="utf-8",
    )
    return path
