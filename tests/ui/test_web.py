"""The page in a real browser, on the real app."""

import time
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.errors import PortInUse
from tests.corpus.pdf_files import write_report
from tests.ui.conftest import App, free_port, keep
from ui.web import launch

BUNDLED = "un-space-meeting-38.zh"
WORDS_OF_12C = (
    "交流共同有兴趣合作实施的未来计划和方案的情况，并就空间技术实际应用及相关领域的当前活动交换意见，"
    "侧重于与私营部门的合作；"
)
WORDS_OF_50B = "编写秘书长关于协调联合国系统内空间相关活动的报告，提交和平利用外层空间委员会 2020 年第六十三届会议；"
MARKUP = "#conversation :is(script, img, svg), #report :is(script, img, svg), #library-list :is(script, img, svg)"
SECOND_REPORT = """河流联合监测委员会第五届会议报告

（2021 年 3 月 4 日在清水镇举行）

一. 引言

1. 河流联合监测委员会于 2021 年 3 月 4 日在清水镇举行了第五届会议。
2. 会议由镇水务所担任秘书处。

二. 讨论情况

3. 委员会商定今后三年的工作如下：

(a) 每季度公布一次青溪的浊度数据；

(b) 在枫桥水文站增设两台自动采样器，由水务所负责维护。

4. 委员会决定第六届会议于 2022 年在枫桥镇举行。
"""
HOSTILE_REPORT = """恶意<script>window.hacked = 1</script>报告

一. <img src=x onerror="window.hacked = 2">标题

1. 浮标甲乙丙的编号是<script>window.hacked = 3</script>以及<img src="http://example.invalid/x.png" onerror="window.hacked = 4">。
2. 见 [点此](javascript:window.hacked=5) 和 ![图](http://example.invalid/y.png) 以及 <svg onload=window.hacked=6>。
"""


def opened(page: Page, app: App, query: str = "") -> None:
    page.goto(app.address + query)
    expect(page.locator("#report .sheet h1")).to_be_visible()
    expect(page.locator("#question textarea")).to_be_editable()


def ask(page: Page, question: str) -> Locator:
    """Ask, wait until the answer is finished, and return its turn."""
    before = page.locator(".turn").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    turn = page.locator(".turn").nth(before)
    expect(turn).to_have_attribute("aria-busy", "false")
    return turn


def in_view(page: Page, target: Locator) -> None:
    """Wait until `target` stands inside the visible part of the pane."""
    page.wait_for_function(
        """(el) => { const a = el.getBoundingClientRect(), b = el.closest('.pane-body').getBoundingClientRect();
             return a.top >= b.top && a.top < b.bottom - 20; }""",
        arg=target.element_handle(),
    )


def add_file(page: Page, path: Path) -> None:
    if not page.locator("body.library-open").count():
        page.get_by_role("button", name="报告库").click()
    page.locator("#library input[type=file]").set_input_files(path)


def test_answer_grows_and_its_citation_opens_the_paragraph_with_the_quotation_marked(page: Page, app: App) -> None:
    opened(page, app)
    keep(page, "01-start")
    page.evaluate(
        """() => { window.states = new Set();
             new MutationObserver(() => { const a = document.querySelector('.turn .answer'); if (a) states.add(a.textContent); })
               .observe(document.querySelector('#conversation'), { childList: true, subtree: true, characterData: true }); }"""
    )
    turn = ask(page, "第12段")
    states = page.evaluate("[...window.states]")
    final = turn.locator(".answer").text_content() or ""
    grown = [s for s in states if s and final.startswith(s.rstrip("\n")) and s != final]
    assert len(grown) > 1

    turn.locator("a.cite", has_text="第12(c)段").click()
    target = page.locator('.paragraph[data-label="12(c)"]')
    expect(target).to_have_class("paragraph sub indent-1 target")
    expect(target.locator("mark")).to_have_text(WORDS_OF_12C)
    in_view(page, target)
    assert "report=un-space-meeting-38.zh&p=12%28c%29" in page.url
    page.wait_for_timeout(600)
    keep(page, "02-answer-and-quotation")


def test_citation_says_where_it_leads_and_opens_by_keyboard(page: Page, app: App) -> None:
    opened(page, app)
    chip = ask(page, "第49段").locator("a.cite").first
    assert "其他事项" in (chip.get_attribute("title") or "")
    assert "第49段" in (chip.get_attribute("aria-label") or "")
    chip.focus()
    page.keyboard.press("Enter")
    target = page.locator('.paragraph[data-label="49"]')
    expect(target).to_be_focused()
    in_view(page, target)


def test_item_inside_a_sentence_is_marked_in_its_paragraph_and_printed_once(page: Page, app: App) -> None:
    opened(page, app)
    ask(page, "第50(b)段").locator("a.cite").first.click()
    item = page.locator('.paragraph[data-label="50"] .item[data-label="50(b)"]')
    expect(item).to_have_class("item target")
    expect(item.locator("mark")).to_have_text(WORDS_OF_50B)
    expect(page.locator('[data-label="50(b)"]:not(a)')).to_have_count(1)


def test_row_of_an_annex_is_marked_across_its_cells(page: Page, app: App) -> None:
    opened(page, app)
    ask(page, "附件三第3行").locator("a.cite").first.click()
    row = page.locator('.paragraph[data-label="附件三#3"]')
    expect(row.locator("mark").first).to_have_text("秘书长办公厅")
    in_view(page, row)
    page.wait_for_timeout(600)
    keep(page, "03-annex-row")


def test_unanswerable_question_gets_a_quiet_notice_with_the_nearest_paragraphs(page: Page, app: App) -> None:
    opened(page, app)
    turn = ask(page, "火星殖民地的房价是多少？")
    expect(turn).to_have_class("turn abstained")
    expect(turn.locator(".notice-title")).to_have_text("报告中没有找到答案")
    expect(turn.locator("button.copy")).to_have_count(0)
    nearest = turn.locator("ul.nearest a.cite")
    assert nearest.count() > 0
    keep(page, "04-abstention")
    label = nearest.first.get_attribute("data-label")
    nearest.first.click()
    in_view(page, page.locator(f'.sheet [data-label="{label}"]:not(a)'))


def test_example_question_is_asked_by_a_click(page: Page, app: App) -> None:
    opened(page, app)
    page.locator("button.example").nth(1).click()
    turn = page.locator(".turn")
    expect(turn).to_have_attribute("aria-busy", "false")
    expect(turn.locator("a.cite")).to_have_text(["第12(c)段"])


def test_second_report_is_uploaded_cited_and_removed(own_app: App, page: Page, tmp_path: Path) -> None:
    opened(page, own_app)
    file = tmp_path / "river-monitoring-5.zh.txt"
    file.write_text(SECOND_REPORT, encoding="utf-8")
    add_file(page, file)
    expect(page.locator("#library-status .message.done")).to_contain_text("已添加《河流联合监测委员会第五届会议报告》")
    expect(page.locator(".reports > li")).to_have_count(2)
    assert not list((own_app.assistant.library.home / "uploads").rglob("*.txt"))
    page.wait_for_timeout(300)
    keep(page, "05-library")
    page.locator(".close-library").click()
    page.locator(".chooser").select_option(BUNDLED)
    expect(page.locator(".sheet h1")).to_contain_text("外层空间活动机构间会议")

    turn = ask(page, "枫桥水文站增设几台自动采样器？")
    turn.locator("a.cite", has_text="第3(b)段").first.click()
    expect(page.locator(".sheet h1")).to_have_text("河流联合监测委员会第五届会议报告")
    expect(page.locator('[data-label="3(b)"] mark').first).to_contain_text("枫桥水文站")
    page.wait_for_timeout(600)
    keep(page, "06-second-report")

    page.get_by_role("button", name="报告库").click()
    remove = page.locator('button.remove[data-report="river-monitoring-5.zh"]')
    remove.click()
    expect(remove).to_have_text("确认移除")
    remove.click()
    expect(page.locator("#library-status .message")).to_contain_text("已移除")
    expect(page.locator(".reports > li")).to_have_count(1)
    expect(page.locator(".sheet h1")).to_contain_text("外层空间活动机构间会议")
    page.keyboard.press("Escape")
    turn.locator("a.cite").first.click()
    expect(page.locator(".pane-message")).to_contain_text("报告库中没有“river-monitoring-5.zh”")


def test_file_that_cannot_be_read_is_refused_in_a_sentence(own_app: App, page: Page, tmp_path: Path) -> None:
    opened(page, own_app)
    file = tmp_path / "picture.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    add_file(page, file)
    message = page.locator("#library-status .message.failed")
    expect(message).to_contain_text("picture.txt")
    assert "Traceback" not in page.content()
    expect(page.locator(".reports > li")).to_have_count(1)
    keep(page, "07-refused-file")


def test_upload_can_be_cancelled_while_it_is_read_and_the_library_is_as_before(
    own_app: App, page: Page, tmp_path: Path
) -> None:
    opened(page, own_app)
    page.get_by_role("button", name="报告库").click()
    cancel = page.get_by_role("button", name="取消添加")
    expect(cancel).to_have_count(0)
    add_file(page, write_report(tmp_path / "long.pdf", pages=1_500, paragraphs_a_page=30))
    bar = page.locator("#library-status progress")
    expect(bar).not_to_have_attribute("value", "0")
    expect(bar).not_to_have_attribute("value", "100")
    keep(page, "16-adding")
    cancel.click()
    expect(page.locator("#library-status .message")).to_have_text("已取消。未完成的文件没有进入报告库。")
    expect(cancel).to_have_count(0)
    expect(page.locator(".reports > li")).to_have_count(1)
    assert [entry.id for entry in own_app.assistant.library.entries()] == [BUNDLED]
    assert not list((own_app.assistant.library.home / "uploads").rglob("*.pdf"))

    file = tmp_path / "river-monitoring-5.zh.txt"
    file.write_text(SECOND_REPORT, encoding="utf-8")
    add_file(page, file)
    expect(page.locator("#library-status .message.done")).to_contain_text("已添加")
    expect(page.locator(".reports > li")).to_have_count(2)


def test_rebuild_says_when_it_is_done_and_the_library_still_answers(own_app: App, page: Page) -> None:
    opened(page, own_app)
    page.get_by_role("button", name="报告库").click()
    page.get_by_role("button", name="重建索引").click()
    expect(page.locator("#library-status .message.done")).to_have_text("索引已重建。")
    page.keyboard.press("Escape")
    expect(ask(page, "第12(c)段说了什么？").locator("a.cite")).to_have_text(["第12(c)段"])


def test_language_switches_without_losing_the_conversation(page: Page, app: App) -> None:
    opened(page, app)
    ask(page, "第12(c)段说了什么？")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".copy")).to_have_text("Copy answer with citations")
    expect(page.locator("#question textarea")).to_have_attribute(
        "placeholder", "Ask, or name a paragraph: para. 12 (c)"
    )
    expect(page.locator(".go-to button")).to_have_text("Go")
    expect(page.locator(".turn")).to_have_count(1)
    assert "lang=en" in page.url
    keep(page, "08-english")
    page.reload()
    expect(page.locator(".welcome h2")).to_have_text("Which paragraph are you looking for?")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".welcome h2")).to_have_text("想查报告里的哪一段？")


def test_permanent_link_opens_the_page_at_its_paragraph(page: Page, app: App) -> None:
    opened(page, app, f"?report={BUNDLED}&p=12(c)")
    target = page.locator('.paragraph[data-label="12(c)"]')
    expect(target).to_have_class("paragraph sub indent-1 target")
    in_view(page, target)
    page.wait_for_timeout(600)
    keep(page, "09-permanent-link")


@pytest.mark.parametrize(
    ("query", "message"),
    [("?report=gone&p=1", "报告库中没有“gone”"), (f"?report={BUNDLED}&p=99", "这份报告中没有 99。")],
)
def test_link_that_leads_nowhere_says_so(page: Page, app: App, query: str, message: str) -> None:
    opened(page, app, query)
    expect(page.locator(".pane-message")).to_contain_text(message)


def test_number_typed_in_the_pane_turns_to_its_paragraph(page: Page, app: App) -> None:
    opened(page, app)
    page.locator(".go-to input").fill("第１４（c）段")
    page.locator(".go-to input").press("Enter")
    expect(page.locator('.paragraph[data-label="14(c)"]')).to_have_class("paragraph sub indent-1 target")


def test_footnote_mark_leads_to_the_note(page: Page, app: App) -> None:
    opened(page, app)
    page.locator('.paragraph[data-label="18"] .note-mark').click()
    note = page.locator(".paragraph.footnote.target")
    expect(note).to_contain_text("A/AC.105/1168")
    in_view(page, note)


def test_markup_in_a_report_is_shown_as_text_and_runs_nothing(own_app: App, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "hostile.txt"
    file.write_text(HOSTILE_REPORT, encoding="utf-8")
    own_app.assistant.library.add(file)
    opened(page, own_app, "?report=hostile")
    expect(page.locator(".sheet h1")).to_contain_text("<script>window.hacked = 1</script>")
    expect(page.locator('.paragraph[data-label="1"]')).to_contain_text("<script>window.hacked = 3</script>")
    for question in ("浮标甲乙丙的编号是什么？", "hostile 第2段", "<img src=x onerror='window.hacked = 7'>"):
        ask(page, question)
    page.get_by_role("button", name="报告库").click()
    expect(page.locator(".reports > li")).to_have_count(2)
    keep(page, "10-hostile-report")
    assert page.evaluate("window.hacked") is None
    assert page.locator(MARKUP).count() == 0
    expect(page.locator('a[href^="javascript"]')).to_have_count(0)


def test_old_link_opens_the_version_it_cited_and_leads_to_the_newest(
    own_app: App, page: Page, second_report: Path
) -> None:
    library = own_app.assistant.library
    report_id = library.add(second_report).id
    opened(page, own_app, f"?report={report_id}&p=2(a)")
    expect(page.locator(".superseded")).to_have_count(0)
    second_report.write_text(second_report.read_text(encoding="utf-8").replace("核查", "更换"), encoding="utf-8")
    library.replace(report_id, second_report)
    page.reload()
    target = page.locator(".paragraph.target")
    expect(target).to_contain_text("核查码头的消防设备")
    expect(page.locator(".superseded")).to_contain_text("这是第 1 版")
    keep(page, "13-old-version")
    page.locator("a.newest").click()
    expect(target).to_contain_text("更换码头的消防设备")
    expect(page.locator(".superseded")).to_have_count(0)
    assert page.url.endswith(f"?report={report_id}@2&p=2%28a%29") or f"report={report_id}%402" in page.url
    ask(page, "港口照明改造的预算是多少？").locator("a.cite").first.click()
    expect(page.locator('.paragraph[data-label="1"]')).to_have_class("paragraph numbered indent-0 target")
    expect(page.locator(".chooser option")).to_have_count(2)


def test_a_reference_in_the_text_opens_its_paragraph_which_tells_what_refers_to_it(page: Page, app: App) -> None:
    opened(page, app, "?p=14(a)")
    source = page.locator('.paragraph[data-label="14(a)"]')
    expect(source).to_have_class("paragraph sub indent-1 target")
    source.locator("a.reference").click()
    target = page.locator('.paragraph[data-label="9"]')
    expect(target).to_have_class("paragraph numbered indent-0 target")
    in_view(page, target)
    assert "p=9" in page.url
    line = target.locator(".referred-by")
    expect(line).to_be_visible()
    expect(line).to_have_text("被第14(a)段引用")
    expect(page.locator(".referred-by:visible")).to_have_count(1)
    keep(page, "14-references")
    line.locator("a").click()
    expect(source).to_have_class("paragraph sub indent-1 target")
    in_view(page, source)


def test_report_stays_where_it_is_while_an_answer_grows(page: Page, app: App) -> None:
    opened(page, app)
    page.evaluate(
        """() => { const body = document.querySelector('.pane-body'); body.scrollTop = 700; window.redrawn = 0;
             new MutationObserver((all) => { redrawn += all.length; })
               .observe(document.querySelector('#report .pane'), { childList: true, subtree: true, attributes: true }); }"""
    )
    ask(page, "第12段")
    assert page.evaluate("[window.redrawn, document.querySelector('.pane-body').scrollTop]") == [0, 700]


def test_copied_answer_keeps_its_citations(page: Page, app: App) -> None:
    opened(page, app)
    turn = ask(page, "第12(c)段说了什么？")
    turn.locator("button.copy").click()
    expect(turn.locator("button.copy")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    title = app.assistant.library.entries()[0].title
    assert f"> (c) {WORDS_OF_12C} [第12(c)段（{title}）]" in copied
    assert f"{app.address}?report={BUNDLED}&p=12(c)" in copied


def test_empty_question_is_ignored_and_an_endless_one_is_refused_and_kept(page: Page, app: App) -> None:
    opened(page, app)
    box = page.locator("#question textarea")
    box.fill("   ")
    box.press("Enter")
    endless = "甲" * 2_001
    box.fill(endless)
    box.press("Enter")
    expect(page.locator("#note .message.failed")).to_contain_text("2,001")
    expect(page.locator(".turn")).to_have_count(0)
    expect(box).to_have_value(endless)
    expect(ask(page, "第1段" + "，" * 1_500)).to_be_visible()
    expect(page.locator("#note .message")).to_have_count(0)


def slowly(pieces: list[str]) -> Any:
    def stream(*_: object, **_named: object) -> Generator[str, None, None]:
        for piece in pieces:
            yield piece
            time.sleep(0.15)

    return stream


def test_conversation_follows_its_newest_answer_unless_the_reader_scrolled_up(
    page: Page, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(page, app)
    for question in ("第12段", "附件二", "第12(c)段"):
        turn = ask(page, question)
    expect(turn.locator("button.copy")).to_be_in_viewport()
    bottom = turn.locator("button.copy").bounding_box()
    composer = page.locator("#composer").bounding_box()
    assert bottom
    assert composer
    assert bottom["y"] + bottom["height"] <= composer["y"]
    keep(page, "15-long-conversation")

    monkeypatch.setattr(app.assistant, "stream", slowly([f"第{n}句。\n\n" for n in range(15)]))
    page.locator("#question textarea").fill("很长的回答")
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".turn").last.locator(".answer")).to_contain_text("第2句。")
    page.locator("#conversation").evaluate("(el) => { el.scrollTop = 40; }")
    expect(page.locator("#question .submit-button")).to_be_visible()
    assert page.locator("#conversation").evaluate("(el) => el.scrollTop") == 40


def test_answer_can_be_stopped_and_the_next_question_is_answered(
    page: Page, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(page, app)
    with monkeypatch.context() as patched:
        patched.setattr(app.assistant, "stream", slowly([f"第{n}句。" for n in range(200)]))
        page.locator("#question textarea").fill("很长的回答")
        page.locator("#question textarea").press("Enter")
        expect(page.locator(".turn .answer")).to_contain_text("第3句。")
        keep(page, "11-streaming")
        page.locator("#question .stop-button").click()
        expect(page.locator(".turn .stopped")).to_be_visible()
    words = page.locator(".turn .answer").first.text_content()
    expect(ask(page, "第12(c)段").locator("a.cite")).to_have_text(["第12(c)段"])
    assert page.locator(".turn .answer").first.text_content() == words
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".welcome")).to_be_visible()


def test_failure_inside_is_told_in_a_sentence(page: Page, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(page, app)

    def broken(*_: object) -> Generator[str, None, None]:
        yield "开头"
        raise RuntimeError("secret detail")

    monkeypatch.setattr(app.assistant, "stream", broken)
    turn = ask(page, "任何问题")
    expect(turn.locator(".notice.failed")).to_contain_text("程序内部出错")
    assert "secret detail" not in page.content()


def test_narrow_screen_shows_one_pane_and_a_citation_turns_to_the_report(page: Page, app: App) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(app.address)
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator("#report .sheet h1")).to_be_hidden()
    turn = ask(page, "第12段")
    keep(page, "12-phone-chat")
    turn.locator("a.cite", has_text="第12(c)段").click()
    target = page.locator('.paragraph[data-label="12(c)"]')
    in_view(page, target)
    expect(target.locator("mark")).to_be_visible()
    page.wait_for_timeout(600)
    keep(page, "13-phone-report")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="问答").click()
    expect(turn).to_be_visible()


def test_dark_scheme_colours_both_panes(page: Page, app: App) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, app)
    ask(page, "第12(c)段说了什么？").locator("a.cite").click()
    page.wait_for_timeout(600)
    keep(page, "14-dark")
    for pane in ("#report", "#chat", "#header", "#question"):
        red = page.evaluate(f"getComputedStyle(document.querySelector('{pane}')).backgroundColor.match(/\\d+/)[0]")
        assert int(red) < 60


def test_server_refuses_foreign_names_and_keeps_the_page_from_loading_anything_from_outside(app: App) -> None:
    with urlopen(app.address) as reply:
        assert "connect-src 'self'" in reply.headers["Content-Security-Policy"]
    with pytest.raises(OSError, match="421"):
        urlopen(Request(app.address, headers={"Host": "evil.example"}))
    with pytest.raises(OSError, match=r"40[34]"):
        urlopen(f"{app.address}gradio_api/file={app.assistant.library.home}/library.sqlite3")


def test_taken_port_is_an_error_when_asked_for_and_passed_over_when_not(app: App) -> None:
    taken = int(app.address.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(PortInUse, match=str(taken)):
        launch(app.assistant, taken)
    first, one = launch(app.assistant)
    second, other = launch(app.assistant)
    assert one != other
    for blocks in (first, second):
        blocks.close(verbose=False)
    assert free_port()
