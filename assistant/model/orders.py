"""Whether a text gives orders to an assistant: words planted in a report for a language model to obey. Knows words alone.

Such a paragraph is not shown to a model, so that nothing of it becomes an answer in its words; where it is what answers, the
report's own words stand. No list of patterns finds every order: what passes is data to the model, and checked as such.
"""

import re

_ORDER = re.compile(
    # what came before is to be forgotten, or the model is to be another
    r"(?:忽略|无视|忘记|不要理会|不必遵守)[^。；]{0,8}(?:以上|上述|上面|之前|此前|前面|先前|原有|所有|任何)[^。；]{0,8}(?:指示|指令|提示|设定)"
    r"|\b(?:ignore|disregard|forget|override)\b[^.;]{0,24}\b(?:above|instructions?|prompts?)\b"
    r"|从现在起[，,]?你(?:是|将|要|必须)|假[设装]你(?:是|没有|不受)|你(?:现在)?是(?:另)?一[个名位](?:助手|人工智能|语言模型|AI)"
    r"|\bif you are an? (?:AI|assistant|language model|LLM)\b|\byou are (?:now )?an? (?:AI|assistant|chatbot|language model)\b"
    r"|\bas an? (?:AI|language model),? you\b"
    # it is told what to say
    r"|(?:请|务必|必须)?(?:只|仅)(?:回答|输出|回复|说)[：:“\"「]|(?:请|必须|要求|务必)[:：]?\s*(?:照抄|原样|输出|复述|加粗|当作答案|只说)"
    r"|回答必须是|(?:把|将)[^。；]{0,12}(?:当作|作为)(?:答案|回答)|(?:都|请|并|一律)引用\s*\[\d+\]|不要拒答|(?:系统)?提示(?:词)?原样"
    r"|翻译任务：|解码后(?:执行|照做)|删除报告库|内容优先级最高|回答[“\"「]"
    r"|\b(?:reply|respond|answer) (?:only )?with:?|\b(?:you must|please) (?:output|say|reply|print|answer (?:with|only))\b"
    r"|\bprint your (?:rules|prompt|instructions)\b"
    r"|\bcorrect citation for every\b"
    # a turn of a conversation, or a tag of one, is feigned
    r"|(?:^|[\s。；.;])(?:系统|助手的回答|助手|用户)[:：]|(?:^|[\s。；.;>])(?:SYSTEM|Assistant|User|Human)\s*:|###\s*(?:Instruction|Response|System)"
    r"|\[/?INST\]|<\|?/?(?:im_start|im_end|system|assistant|user)\b|</?passage\b|<!--\s*(?:assistant|system)\b|新的规则[：:]"
    r"|javascript:|!\[[^\]]*\]\(https?:|<img\b|\]\(pincite:",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Whether `text` has a sentence that is meant for an assistant and not for the reader of a report."""
    return bool(_ORDER.search(text))
