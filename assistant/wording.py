"""The sentences Pincite says itself, in Chinese and English. Everything else in an answer is the report's own words."""

from collections.abc import Mapping

from corpus.label import Language

WORDING: Mapping[str, Mapping[Language, str]] = {
    "no_such_document": {
        "zh": "报告库里找不到“{owner}”的{label}。",
        "en": "The library has no {label} of “{owner}”.",
    },
    "no_such_label": {
        "zh": "{report}没有{label}。它的编号是：{range}。",
        "en": "{report} has no {label}. It has {range}.",
    },
    "term_absent": {
        "zh": "报告里没有出现“{terms}”，因此无法据以回答这个问题。",
        "en": "The reports nowhere mention “{terms}”, so they do not answer this question.",
    },
    "not_together": {
        "zh": "报告提到了“{terms}”，但没有任何一段回答这个问题。",
        "en": "The reports mention “{terms}”, but no paragraph answers this question.",
    },
    "nothing_near": {
        "zh": "报告里没有找到能回答这个问题的段落。",
        "en": "No paragraph of the reports answers this question.",
    },
    "nearest": {"zh": "最接近的段落：", "en": "Nearest paragraphs: "},
    "no_reports": {
        "zh": "报告库是空的。请先添加一份报告。",
        "en": "The library holds no report. Add one first.",
    },
    "nothing_within": {
        "zh": "报告库里没有符合所选范围的段落。请放宽范围再问。",
        "en": "The library has no paragraph within what was chosen. Widen it and ask again.",
    },
    "empty_question": {"zh": "请输入一个问题。", "en": "Please ask a question."},
    "thanks": {"zh": "不客气。还想查报告里的哪一段？", "en": "You are welcome. Which paragraph next?"},
    "hello": {
        "zh": "您好。请就报告提问，我会引用原文并注明段号；也可以直接写段号，如第12(c)段。",
        "en": "Hello. Ask about the report: answers quote it and cite the paragraph. Or name a place, such as para. 12 (c).",
    },
    "bye": {"zh": "再见。需要查报告时再来问我。", "en": "Goodbye. Come back whenever you need the report."},
    "well": {"zh": "好的。还想查什么？", "en": "Good. What would you like to look up next?"},
    "praise": {"zh": "谢谢，能帮上忙就好。还想查什么？", "en": "Thank you, glad to help. What next?"},
    "able": {
        "zh": "我能从报告库里的报告中找答案：用原文回答并注明段号，按段号查原文，"
        "列出提到某个词的所有段落，也能接着上文追问。报告里没有的，我会说没有。",
        "en": "I answer from the reports in the library, in their own words and with the paragraph cited. I look up "
        "places, list every paragraph that mentions something, and take follow-up questions. "
        "What the reports do not say, I say they do not.",
    },
    "who": {
        "zh": "我是 Pincite，一个按编号段落查报告的助手。您可以就报告库里的报告提问，我用原文回答并注明段号。",
        "en": "I am Pincite, an assistant for numbered reports. Ask about the reports in the library; I answer in their own words "
        "and cite the paragraph.",
    },
    "separator": {"zh": "、", "en": ", "},
    "ellipsis": {"zh": "……", "en": " … "},
    "not_there": {"zh": "报告没有{labels}。", "en": "The report has no {labels}."},
    "pointed_from": {"zh": "（{label}所指）", "en": "(which {label} refers to) "},
    "mentions": {
        "zh": "共有 {n} 段提到“{phrase}”{others}，共 {times} 次：",
        "en": "{n} paragraphs mention “{phrase}”{others}; occurrences: {times}.",
    },
    "mentions_one": {
        "zh": "只有 1 段提到“{phrase}”{others}，共 {times} 次：",
        "en": "One paragraph mentions “{phrase}”{others}; occurrences: {times}.",
    },
    "other_names": {"zh": "（包括{names}）", "en": " (as {names} too)"},
    "no_mention": {
        "zh": "没有一段逐字写有“{phrase}”。以下按意思查找：",
        "en": "No paragraph has the words “{phrase}”. Found by meaning:",
    },
    "no_mention_at_all": {
        "zh": "没有一段提到“{phrase}”。",
        "en": "No paragraph mentions “{phrase}”.",
    },
    "counted": {"zh": "**{n}**（据以下引文清点）", "en": "**{n}** (counted from what is quoted below)"},
    "key_sentences": {
        "zh": "关键句共 {n} 句，逐字引自所选的 {of} 段：",
        "en": "{n} key sentences, word for word, of {of} paragraphs:",
    },
    "cut_short": {"zh": "以上为前 {shown} 段，后面还有。", "en": "These are the first {shown}; there are more."},
    "not_supported": {"zh": "（所引段落不支持此句）", "en": "(not supported by what it cites)"},
    "worded_by": {
        "zh": "（语言模型 {model} 措辞，每句已与所引段落核对；引用前请看原文）",
        "en": "(Worded by the language model {model}, each sentence checked against what it cites; quote the report)",
    },
    "model_unsupported": {
        "zh": "语言模型的回答没有得到所引段落的支持，以下为报告原文：",
        "en": "What the language model wrote is not supported by the paragraphs it cites. The report's own words:",
    },
    "model_ordered": {
        "zh": "所引段落里有写给人工智能助手的指令，没有交给语言模型，以下为报告原文：",
        "en": "A paragraph cited holds orders to an AI assistant and was not shown to the language model. The report's own words:",
    },
    "model_down": {
        "zh": "连接不上语言模型，以下为报告原文：",
        "en": "The language model cannot be reached. The report's own words:",
    },
    "model_slow": {
        "zh": "语言模型没有在限定时间内答复，以下为报告原文：",
        "en": "The language model took too long. The report's own words:",
    },
    "model_busy": {
        "zh": "语言模型正忙，以下为报告原文：",
        "en": "The language model is busy. The report's own words:",
    },
    "model_failed": {
        "zh": "语言模型出错，以下为报告原文：",
        "en": "The language model failed. The report's own words:",
    },
    "model_not_let_in": {
        "zh": "语言模型不接受所设的密钥，以下为报告原文：",
        "en": "The language model does not accept the key that is set. The report's own words:",
    },
    "model_not_there": {
        "zh": "所设地址没有这个语言模型，以下为报告原文：",
        "en": "There is no such language model at the address that is set. The report's own words:",
    },
    "model_cut_off": {
        "zh": "语言模型的回答中断了，以下为报告原文：",
        "en": "The language model broke off. The report's own words:",
    },
    "model_nonsense": {
        "zh": "语言模型的答复无法读取，以下为报告原文：",
        "en": "What the language model sent cannot be read. The report's own words:",
    },
    "model_too_long": {
        "zh": "所引段落超过语言模型能读的长度，以下为报告原文：",
        "en": "The paragraphs are longer than the language model reads. The report's own words:",
    },
    "cut": {"zh": "以上为前 {shown} 处，共 {total} 处。", "en": "These are the first {shown} of {total}."},
}


def say(key: str, language: Language, **values: str) -> str:
    """Return the sentence `key` in `language` with `values` filled in."""
    return WORDING[key][language].format(**values)
