"""Every text the page shows, in Chinese and English. Knows no component and no report."""

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]
DEFAULT_LANGUAGE: Language = "zh"


@dataclass(frozen=True)
class Texts:
    """The page's texts in one language. Those with `{}` in them are filled with `str.format`."""

    tagline: str
    other_language: str
    chat: str
    report: str
    library: str
    close: str
    welcome: str
    welcome_more: str
    welcome_empty: str
    examples: tuple[str, ...]
    placeholder: str
    clear: str
    you_asked: str
    searching: str
    stopped: str
    abstained: str
    nearest: str
    copy: str
    copied: str
    copy_failed: str
    sources: str
    too_long: str
    internal_error: str
    choose_report: str
    go_to: str
    go_to_hint: str
    go: str
    no_report: str
    no_paragraph: str
    page: str
    link_here: str
    cite_hint: str
    upload: str
    upload_hint: str
    rebuild: str
    rebuilt: str
    added: str
    removed: str
    remove: str
    remove_sure: str
    paragraphs: str
    in_library: str
    findings: str
    no_findings: str
    finding_kinds: dict[str, str] = field(repr=False)
    stages: dict[str, str] = field(repr=False)


ZH = Texts(
    tagline="问报告，答原文，注段号",
    other_language="English",
    chat="问答",
    report="报告",
    library="报告库",
    close="关闭",
    welcome="想查报告里的哪一段？",
    welcome_more="回答逐字引用报告原文，并注明段号。点段号，右侧即转到该段并标出所引文字。",
    welcome_empty="报告库还是空的。请先打开“报告库”，添加一份报告。",
    examples=(
        "第三十九届会议将在何时何地举行？",
        "第12(c)段说了什么？",
        "附件二的声明承诺促进和支持哪些事项？",
        "今后的特别报告会以什么为重点？",
    ),
    placeholder="输入问题，或直接写段号，如“第12(c)段”",
    clear="清空",
    you_asked="提问",
    searching="正在查找相关段落…",
    stopped="已停止，以上是未完成的回答。",
    abstained="报告中没有找到答案",
    nearest="最接近的段落，供核对：",
    copy="复制答案与引注",
    copied="已复制",
    copy_failed="无法写入剪贴板",
    sources="出处",
    too_long="问题有 {count:,} 字，请缩短到 {limit:,} 字以内。",
    internal_error="程序内部出错，这个问题没有得到回答。详情已写入日志，请再试一次。",
    choose_report="选择报告",
    go_to="转到段号",
    go_to_hint="段号，如 12(c)",
    go="转到",
    no_report="报告库中没有“{report}”这份报告，可能已被移除。",
    no_paragraph="这份报告中没有 {label}。",
    page="第 {page} 页",
    link_here="{label}的固定链接",
    cite_hint="在报告中查看{label}",
    upload="添加报告…",
    upload_hint="也可以把文件拖到这里。可添加的格式：{suffixes}。文件只存在本机，不会上传到别处。",
    rebuild="重建索引",
    rebuilt="索引已重建。",
    added="已添加《{title}》，共 {count} 段。",
    removed="已移除《{title}》。",
    remove="移除",
    remove_sure="确认移除",
    paragraphs="{count} 段",
    in_library="库中 {count} 份报告",
    findings="编号检查：{count} 处",
    no_findings="编号连续",
    finding_kinds={"gap": "缺号", "repeat": "重号", "orphan": "项目无所属段落", "join": "跨页段落已接合"},
    stages={"read": "读取", "tokenise": "分词", "embed": "生成向量", "index": "建立索引"},
)

EN = Texts(
    tagline="Ask a report. Read its words. Cite the paragraph.",
    other_language="中文",
    chat="Questions",
    report="Report",
    library="Library",
    close="Close",
    welcome="Which paragraph are you looking for?",
    welcome_more="Answers quote the report word for word and cite the paragraph. Select a citation to see the quotation in the "
    "report beside it.",
    welcome_empty="The library is empty. Open “Library” and add a report first.",
    examples=(
        "What does paragraph 12 (c) say?",
        "Where and when will the thirty-ninth session be held?",
        "What does annex II commit to promote and support?",
        "Paragraphs 41 to 43",
    ),
    placeholder="Ask, or name a paragraph: para. 12 (c)",
    clear="Clear",
    you_asked="Question",
    searching="Looking for the paragraphs…",
    stopped="Stopped; the answer above is not complete.",
    abstained="No answer found in the reports",
    nearest="The nearest paragraphs, for you to check:",
    copy="Copy answer with citations",
    copied="Copied",
    copy_failed="The clipboard cannot be written",
    sources="Sources",
    too_long="The question has {count:,} characters; please shorten it to {limit:,} or fewer.",
    internal_error="Something went wrong inside the program and the question was not answered. The log has the details; "
    "please try again.",
    choose_report="Choose a report",
    go_to="Go to paragraph",
    go_to_hint="e.g. 12(c)",
    go="Go",
    no_report="The library has no report “{report}”; it may have been removed.",
    no_paragraph="This report has no {label}.",
    page="page {page}",
    link_here="Permanent link to {label}",
    cite_hint="See {label} in the report",
    upload="Add reports…",
    upload_hint="Or drop files here. Formats: {suffixes}. Files stay on this computer.",
    rebuild="Rebuild the index",
    rebuilt="The index has been rebuilt.",
    added="Added “{title}”: {count} paragraphs.",
    removed="Removed “{title}”.",
    remove="Remove",
    remove_sure="Really remove",
    paragraphs="{count} paragraphs",
    in_library="Reports in the library: {count}",
    findings="Numbering check: {count} remarks",
    no_findings="Numbers run on without a gap",
    finding_kinds={
        "gap": "missing numbers",
        "repeat": "repeated number",
        "orphan": "item without a paragraph",
        "join": "joined over a page break",
    },
    stages={"read": "Reading", "tokenise": "Tokenising", "embed": "Embedding", "index": "Indexing"},
)


def texts(language: Language) -> Texts:
    """Return the page's texts in `language`."""
    return EN if language == "en" else ZH


def language_of(code: str | None) -> Language:
    """Return the page language that a `?lang=` value asks for; Chinese where it asks for none that there is."""
    return "en" if (code or "").lower().startswith("en") else DEFAULT_LANGUAGE
