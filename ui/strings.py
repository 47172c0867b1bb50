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
    download: str
    download_whole: str
    nothing_to_download: str
    too_long: str
    internal_error: str
    choose_report: str
    go_to: str
    go_to_hint: str
    go: str
    no_report: str
    no_paragraph: str
    page: str
    line: str
    version: str
    old_title: str
    superseded: str
    newest: str
    link_here: str
    cite_hint: str
    referred_by: str
    and_more: str
    comma: str
    upload: str
    upload_hint: str
    rebuild: str
    rebuilt: str
    added: str
    replaced: str
    cancel: str
    cancelled: str
    removed: str
    remove: str
    remove_sure: str
    paragraphs: str
    in_library: str
    findings: str
    no_findings: str
    scope: str
    everything: str
    scope_clear: str
    collections: str
    reports: str
    years: str
    languages: str
    section: str
    section_hint: str
    kept_to: str
    understood_as: str
    in_collections: str
    kept: str
    kept_search: str
    kept_none: str
    kept_not_found: str
    kept_more: str
    kept_turns: str
    kept_unnamed: str
    kept_name: str
    rename: str
    delete: str
    delete_sure: str
    delete_all: str
    delete_all_sure: str
    not_keeping: str
    not_kept: str
    finding_kinds: dict[str, str] = field(repr=False)
    stages: dict[str, str] = field(repr=False)
    language_names: dict[str, str] = field(repr=False)
    formats: dict[str, str] = field(repr=False)


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
    clear="新对话",
    you_asked="提问",
    searching="正在查找相关段落…",
    stopped="已停止，以上是未完成的回答。",
    abstained="报告中没有找到答案",
    nearest="最接近的段落，供核对：",
    copy="复制答案与引注",
    copied="已复制",
    copy_failed="无法写入剪贴板",
    sources="出处",
    download="下载答案",
    download_whole="下载整个对话",
    nothing_to_download="没有可下载的答案。请等答案完成后再试。",
    too_long="问题有 {count:,} 字，请缩短到 {limit:,} 字以内。",
    internal_error="程序内部出错，这个问题没有得到回答。详情已写入日志，请再试一次。",
    choose_report="选择报告",
    go_to="转到段号",
    go_to_hint="段号，如 12(c)",
    go="转到",
    no_report="报告库中没有“{report}”这份报告，可能已被移除。",
    no_paragraph="这份报告中没有 {label}。",
    page="第 {page} 页",
    line="第 {line} 行",
    version="第 {version} 版",
    old_title="{title}（第 {version} 版）",
    superseded="这是第 {version} 版，链接所引的就是这一版；现行的是第 {versions} 版。",
    newest="打开现行版",
    link_here="{label}的固定链接",
    cite_hint="在报告中查看{label}",
    referred_by="被{places}引用",
    and_more="等，另有 {count} 处",
    comma="、",
    upload="添加报告…",
    upload_hint="也可以把文件拖到这里。可添加的格式：{suffixes}。文件只存在本机，不会上传到别处。",
    rebuild="重建索引",
    rebuilt="索引已重建。",
    added="已添加《{title}》，共 {count} 段。",
    replaced="已更新《{title}》，现为第 {version} 版，共 {count} 段（上一版 {before} 段）。原有链接仍打开所引的版本。",
    cancel="取消添加",
    cancelled="已取消。未完成的文件没有进入报告库。",
    removed="已移除《{title}》。",
    remove="移除",
    remove_sure="确认移除",
    paragraphs="{count} 段",
    in_library="库中 {count} 份报告",
    findings="编号检查：{count} 处",
    no_findings="编号连续",
    scope="范围",
    everything="全部报告",
    scope_clear="取消限定",
    collections="合集",
    reports="报告",
    years="年份",
    languages="语言",
    section="章节",
    section_hint="如 第三章、III.B、附件二、出席情况",
    kept_to="范围：{what}",
    understood_as="理解为：{question}",
    in_collections="合集：{names}",
    kept="对话记录",
    kept_search="搜索问题和回答",
    kept_none="还没有保存的对话。提出的问题和回答会自动保存在本机。",
    kept_not_found="没有找到含有这些词的对话。",
    kept_more="另有 {count} 组较早的对话，可搜索查找。",
    kept_turns="{count} 问",
    kept_unnamed="未命名",
    kept_name="对话名称",
    rename="改名",
    delete="删除",
    delete_sure="确认删除",
    delete_all="删除全部对话",
    delete_all_sure="确认删除全部",
    not_keeping="已设为不保存对话（keep_conversations = false）。",
    not_kept="回答没有保存到对话记录：{reason}",
    finding_kinds={
        "gap": "缺号",
        "repeat": "重号",
        "back": "编号倒退",
        "orphan": "项目无所属段落",
        "join": "跨页段落已接合",
        "missed": "可能漏认的段落",
        "ocr": "文字由图像识别，请与原件核对",
    },
    stages={"read": "读取", "tokenise": "分词", "embed": "生成向量", "index": "建立索引"},
    language_names={"zh": "中文", "en": "英文", "fr": "法文", "es": "西班牙文", "ru": "俄文", "ar": "阿拉伯文"},
    formats={"docx": "Word", "md": "Markdown", "txt": "纯文本", "json": "JSON"},
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
    clear="New",
    you_asked="Question",
    searching="Looking for the paragraphs…",
    stopped="Stopped; the answer above is not complete.",
    abstained="No answer found in the reports",
    nearest="The nearest paragraphs, for you to check:",
    copy="Copy answer with citations",
    copied="Copied",
    copy_failed="The clipboard cannot be written",
    sources="Sources",
    download="Download answer",
    download_whole="Download conversation",
    nothing_to_download="There is no answer to download; try again once it is complete.",
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
    line="line {line}",
    version="version {version}",
    old_title="{title} (version {version})",
    superseded="This is version {version}, the one that the link cites; the newest is version {versions}.",
    newest="Open the newest",
    link_here="Permanent link to {label}",
    cite_hint="See {label} in the report",
    referred_by="Referred to by {places}",
    and_more=" and {count} more",
    comma=", ",
    upload="Add reports…",
    upload_hint="Or drop files here. Formats: {suffixes}. Files stay on this computer.",
    rebuild="Rebuild the index",
    rebuilt="The index has been rebuilt.",
    added="Added “{title}”: {count} paragraphs.",
    replaced="Updated “{title}” to version {version}: {count} paragraphs ({before} before). Old links open what they cite.",
    cancel="Cancel",
    cancelled="Cancelled. What was not finished was not added.",
    removed="Removed “{title}”.",
    remove="Remove",
    remove_sure="Really remove",
    paragraphs="{count} paragraphs",
    in_library="Reports in the library: {count}",
    findings="Numbering check: {count} remarks",
    no_findings="Numbers run on without a gap",
    scope="Look in",
    everything="all reports",
    scope_clear="Look in all",
    collections="Collections",
    reports="Reports",
    years="Years",
    languages="Languages",
    section="Section",
    section_hint="e.g. III.B, annex II, attendance",
    kept_to="Looked in: {what}",
    understood_as="Understood as: {question}",
    in_collections="in {names}",
    kept="Conversations",
    kept_search="Search questions and answers",
    kept_none="No conversation is kept yet. What you ask is kept on this computer, with its answers.",
    kept_not_found="No conversation has these words.",
    kept_more="{count} older conversations are not listed; search finds them.",
    kept_turns="questions: {count}",
    kept_unnamed="Untitled",
    kept_name="Name of the conversation",
    rename="Rename",
    delete="Delete",
    delete_sure="Really delete",
    delete_all="Delete all conversations",
    delete_all_sure="Really delete all",
    not_keeping="Conversations are not kept (keep_conversations = false).",
    not_kept="The answer was not kept: {reason}",
    finding_kinds={
        "gap": "missing numbers",
        "repeat": "repeated number",
        "back": "number below the one before",
        "orphan": "item without a paragraph",
        "join": "joined over a page break",
        "missed": "perhaps a paragraph missed",
        "ocr": "read from images: compare the words",
    },
    stages={"read": "Reading", "tokenise": "Tokenising", "embed": "Embedding", "index": "Indexing"},
    language_names={
        "zh": "Chinese",
        "en": "English",
        "fr": "French",
        "es": "Spanish",
        "ru": "Russian",
        "ar": "Arabic",
    },
    formats={"docx": "Word", "md": "Markdown", "txt": "Plain text", "json": "JSON"},
)


def texts(language: Language) -> Texts:
    """Return the page's texts in `language`."""
    return EN if language == "en" else ZH


def language_of(code: str | None) -> Language:
    """Return the page language that a `?lang=` value asks for; Chinese where it asks for none that there is."""
    return "en" if (code or "").lower().startswith("en") else DEFAULT_LANGUAGE
