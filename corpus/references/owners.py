"""Whose place the words of a text name: the report's own, that of a document named beside them, or another text's.

Told from the words around them alone: 上文, 本法, of the present report; 《…公约》第六条, paragraph 5 of the Charter.
"""

import re
from typing import Literal

Direction = Literal["above", "below", ""]

_AFTER_ABOVE = re.compile(r" ?\(?(?:above|supra|ci-dessus|выше)\b")
_AFTER_BELOW = re.compile(r" ?\(?(?:below|infra|ci-après|ниже)\b")
_BEFORE_ABOVE = re.compile(r"(?:上文|上述)(?:所述|提到|提及)?的?$|\b(?:above|preceding) $")
_BEFORE_BELOW = re.compile(r"下文(?:所述|提到|提及)?的?$")
_OWN_NOUN = (
    r"(?:报告|附件|附录|文件|决议|法|办法|条例|"
    r"规定|规则|细则|解释|公约|条约|协定|议定书|宪章|章程|原则|准则|[章节编条款]|声明)"
)
_OWN_BEFORE = re.compile(rf"(?<![日基根资样])本{_OWN_NOUN}(?:的|中的?|之|[\"”》])*$|\b(?:this|present) \w+,? $")
_OWN_AFTER = re.compile(
    r",? (?:of|to|in|du|de|del|de la|a) (?:the |la |le |el )?(?:present|this|présente?|cet|cette|ce|este|esta|hereof)\b"
    r"| (?:настоящ|данн)"
)
_NOUN_BEFORE = (
    "决议|决定|公约|条约|宪章|议定书|协定|报告|声明|宣言|文件|纲领|纲要|章程|规则|说明|信|议程|计划|意见|法|法典|条例|"
    "办法|规定|解释|细则|组织法|宪法|通知|批复|备忘录|守则|盟约|约章"
)
_OTHER_BEFORE = re.compile(
    rf"(?:{_NOUN_BEFORE})(?:的|之|中的?)?$|[》”\"][\d)\] ]{{0,4}}(?:的|之|中的?)?,?$|同上[,、的]?$|该(?:条|款|段|项)$"
    r"|\b(?:ibid\.?|op\. cit\.|loc\. cit\.|там же),? $"
    r"|\b(?:resolution|decision|charter|convention|treaty|statute|declaration|report|document|covenant|agreement|protocol),? $"
    r"|\b(?:decision|supplement no\.?|principle|regulation|rule) [\w./]+,? $"
)
_OTHER_AFTER = re.compile(
    r",? (?:of|to|in|from|under|du|de|des|del|de la|de los|al?) [^.;:(),]{0,45}?"
    r"(?:resolution|decision|charter|treaty|convention|agreement|statute|constitution|declaration|covenant|protocol|regulation|"
    r"report|document|rules|principles|guidelines|\bnote|letter|\blaw\b|\bcode|memorandum|programme|agenda|manual|annex|"
    r"résolution|traité|charte|rapport|accord|pacte|protocole|déclaration|statut|règlement|"
    r"resolución|tratado|carta|informe|acuerdo|pacto|protocolo|declaración|convenio|convención|estatuto|reglamento)"
    r"| (?:\w+ ){0,3}(?:договор|конвенц|устав|резолюц|доклад|пакт|протокол|соглашен|деклараци|конституци)"
    r"|,? of \d"
)
_CITED_BEFORE = re.compile(r"[,、》\"”)\]] ?$")
_JOINED = re.compile(r"[\"'”’)\]]{0,3}(?:号?文件)? ?,? ?(?:的|之|中的?|中所载的?|所载的?)?\(? ?(?:see |见)?")
_ONLY_AND = re.compile(r" ?(?:和|与|及|以及|或|、|,) ?|,? (?:and|or|et|y|и) (?:the )?")
_OF = re.compile(
    r",? ?(?:of|to|in|from|contained in|du|de|des|del|de la|de l'|de los|à|al?) ?"
    r"(?:(?:the|its|their|that|his|her|same|said|draft|both|la|le|les|l'|el|los|sa|su|general|security|human|rights|economic|and|"
    r"social|council|assembly|council's|assembly's|united|nations|document|report|note|letter|annex|resolutions|"
    r"résolutions|resoluciones) ?)*"
    r"| (?:генеральной ассамблеи |совета безопасности |ее |его )?"
)


def direction(text: str, start: int, end: int) -> Direction:
    """Return where the words around `text[start:end]` say its place is: before the reader's, after it, or neither."""
    if _AFTER_ABOVE.match(text, end) or _BEFORE_ABOVE.search(text[max(0, start - 20) : start]):
        return "above"
    if _AFTER_BELOW.match(text, end) or _BEFORE_BELOW.search(text[max(0, start - 20) : start]):
        return "below"
    return ""


def is_own(text: str, start: int, end: int) -> bool:
    """Whether the words around say that the place is in this very text."""
    before = text[max(0, start - 20) : start]
    return bool(direction(text, start, end) or _OWN_BEFORE.search(before) or _OWN_AFTER.match(text, end))


def is_of_another(text: str, start: int, end: int, note: bool) -> bool:
    """Whether the words around say that the place is in another text. A note's citations go on after a comma."""
    before = text[max(0, start - 40) : start]
    return bool(
        _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(text, end) or (note and _CITED_BEFORE.search(before))
    )


def joined(gap: str) -> bool:
    """Whether what stands between a document and a place makes the place the document's: A/69/33, para. 52."""
    return _JOINED.fullmatch(gap) is not None


def only_and(gap: str) -> bool:
    """Whether two places stand side by side in one list."""
    return _ONLY_AND.fullmatch(gap) is not None


def of(gap: str) -> bool:
    """Whether what stands between a place and a document makes the place the document's: paragraph 5 of its resolution 77/109."""
    return _OF.fullmatch(gap) is not None
