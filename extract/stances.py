"""What a speaker does by saying it: assert, admit, deny, blame, justify."""

from __future__ import annotations

from spacy.tokens import Token

from extract.patterns import any_case
from extract.records import Stance

ADMITS = {"admit", "acknowledge", "concede"}
REGRETS = {"regret", "apologise", "apologize"}
JUSTIFIES = {"defend", "justify"}
DENIES = {"deny", "reject", "dismiss", "refute", "disavow", "rebut", "dispute", "disclaim", "repudiate", "disown"}
BLAMES = {"blame", "accuse", "denounce", "condemn", "charge", "allege", "fault", "implicate", "suspect"}
# Verbs that may deplore the deed alone, and verbs that point at somebody by a preposition.
DEPLORES = {"condemn", "denounce"}
POINTS = {"point", "attribute", "ascribe", "pin", "trace"}
# Verbs that take the responsibility for a deed, with it as their object.
OWNS_UP = {"take", "assume", "accept", "avow", "own", "share", "bear"}
_RESPONSIBILITY = any_case(
    r"\b(claim\w*|assum\w*|tak\w*|took|accept\w*|admit\w*|avow\w*|acknowledg\w*)\s+(?:\w+\s+)?(?:responsibility|"
    r"credit|blame)\b"
    r"|\bclaim(?:s|ed|ing)? (?:to have|having) \w+|\bclaim(?:s|ed|ing)? (?:it|this|that|them)(?= *(?:[,.;]|$|in|"
    r"on|as))|"
    r"(?:attacks?|bombings?|ambush|killings?|assault|raid|blasts?|explosions?|strikes?|kidnappings?|shootings?|"
    r"it|both) "
    r"(?:was|were|has been|have been) (?:\w+ )?claimed by|"
    r"\bclaim(?:s|ed|ing)? (?:the|that|this|both|it as|\w+'s) (?:[\w-]+ ){0,3}?(?:attacks?|bombings?|ambush|"
    r"killings?|assault|"
    r"raid|blasts?|explosions?|strikes?|kidnappings?|shootings?|operation|murders?|assassination|abduction|"
    r"assassinations|deed|"
    r"hit)\b|\bresponsibility (?:for \w+ )?(?:was|has been) (?:claimed|assumed)\b"
)
_NO_RESPONSIBILITY = any_case(
    r"\b(?:no|nor has any) (?:\w+ )?(?:group|one|organi[sz]ation|immediate\s+claim|claim|party)\b|\bnobody\b"
)
_DID = (
    r"(?:carried (?:it |them )?out|(?:did|done) (?:it|this|that|so)|driven|drove|laid|slain|dealt|hunted|bombed|"
    r"attacked|killed|shot|struck|hit|fired|shelled|targeted|"
    r"captured|"
    r"ambushed|detonated|planted|placed|launched|blew (?:it |them )?up|blown up|destroyed|executed|kidnapped|"
    r"abducted|seized|"
    r"stormed|raided|sent|downed|mined|set off|punished|avenged|eliminated|assassinated|beheaded|"
    r"slaughtered|cut|slit|holding|neutrali[sz]ed|"
    r"burned|torched)"
)
_OWN_DEED = any_case(
    r"\b(?:its|their|his|our) (?:[\w-]+ ){0,4}?(?:had |have |has )?" + _DID + r"\b|"
    r"\b(?:it|they|we) (?:also |had |have |has |was |were ){0,2}" + _DID + r"\b|"
    r"\b(?:it|they|we) (?:had |have |has )?(?:been|was|were) (?:behind|responsible)\b|"
    r"\b(?:its|their|our) (?:own )?(?:work|doing|deed|handiwork)\b"
)
_NOT_US = any_case(
    r"\b(?:(?:knew|knows|know) nothing (?:of|about)|(?:had|has|have) no (?:knowledge|information|forces|men|fighters|"
    r"troops|hand|units)\b|distanc\w+ (?:itself|themselves|himself)|wash\w* (?:its|their|his) hands|"
    r"had nothing to do with|nothing to do with|was not (?:behind|responsible|involved)|were not (?:behind|"
    r"responsible|"
    r"involved)|not (?:its|their) (?:forces|doing|work)|no (?:involvement|role|part|hand) in|not involved|"
    r"(?:it|they|we|its \w+|their \w+|our \w+|none of (?:its|their|our) \w+) (?:had|have|has|do|does|did|was|"
    r"were|would)"
    r"(?: not|n't| never)\b|none of (?:its|their|our) \w+ (?:had|has|have|was|were)|no (?:such )?(?:raids?|strikes?|"
    r"attacks?|operations?|shelling|flights?) (?:\w+ )?(?:took place|(?:was|were|had been) carried out|"
    r"in the area))\b"
)
_CALLED_FALSE = any_case(
    r"\b(?:lies?|false\w*|fabricat\w+|baseless|unfounded|groundless|nonsense|absurd|propaganda|ridiculous|"
    r"invention|fiction\w*|"
    r"fantas\w+|unsubstantiated|"
    r"slander|untrue|provocation|hoax)\b"
)
_EXCUSES = any_case(
    r"\b(by mistake|wrong (?:coordinates|target|house|building|location)|mistook|misidentif\w+|malfunction\w*|astray|"
    r"off course|missed (?:its|their) target|every (?:precaution|effort|measure)|precautions|"
    r"(?:was|were|is|had been|been) (?:used as |serving as |in fact |really )?(?:a|an|the)? ?(?:\w+ )?"
    r"(?:headquarters|command (?:post|centre|center)|weapons? (?:store|depot|factory)|hideout|hiding place|arsenal|"
    r"launch(?:ing)? (?:site|pad)|military (?:base|post|site))|"
    r"(?:a|an||operational|tragic|regrettable) (?:mistake|error)|mistaken\w*|in error|by accident|"
    r"accident(?:al)?ly|unintentional\w*|inadvertent\w*|had not (?:meant|intended)|"
    r"(?:ignored|defied|disregarded|did not heed|failed to heed) (?:\w+ ){0,3}(?:warnings?|orders?|calls?|signals?)|"
    r"(?:refused|failed) to (?:stop|halt|surrender)|"
    r"only (?:against )?(?:(?:\w+ )?(?:rebels?|terrorists?|militants?|fighters|combatants|soldiers|military|bandits))|"
    r"(?:the dead|the victims|(?:those|the (?:men|people)) (?:who (?:were |had )?)?(?:killed|died|shot)|"
    r"who died|they|all of them) (?:were|are|had been) "
    r"(?:all |in fact |actually |armed |known |members |of |the ){0,4}"
    r"(?:\w+ )?(?:rebels?|terrorists?|militants?|fighters|guerrillas|bandits|subversives|insurgents|combatants|"
    r"criminals|spies|informers|collaborators)|"
    r"legitimate|lawful|(?:military )?(?:necessity|duty)|"
    r"(?:in|as) (?:an? |self-?)?(?:\w+ )?(?:reply|answer|reaction|response|retaliation|reprisals?|revenge|return) "
    r"(?:to|for|against)|"
    r"(?:believed|thought|assumed) (?:that )?(?:they|it|he|she|the \w+) (?:was|were)|in self-?defen[cs]e|"
    r"in response to|"
    r"in retaliation|in revenge|to avenge|retaliat\w+|target(?:ed|ing|s)? (?:only )?(?:\"|“)?(?:terrorists?|"
    r"militants?|military|"
    r"spies|informers)|legitimate (?:military )?target|military (?:target|objective|purposes)|human shields?|"
    r"(?:came|come|coming) under (?:fire|attack)|fired (?:on |at )?first|opened fire first|fought (?:it out|"
    r"back)|resisted arrest|"
    r"shot back|were armed|carrying weapons|(?:was|were|been|being) (?:used|using|hiding|sheltering|heading)|"
    r"had (?:been )?used|(?:spies|informers|collaborators|traitors)|punish\w*|necessary|precision|precise|warned)\b"
)
MISTAKE = any_case(
    r"\b(?:by mistake|wrong (?:coordinates|target|house|building|location)|mistook|misidentif\w+|malfunction\w*|astray|"
    r"off course|missed (?:its|their) target|mistaken\w*|in error|by accident|accident(?:al)?ly|"
    r"unintentional\w*|inadvertent\w*|"
    r"(?:believed|thought) (?:that )?(?:they|it|he|she) (?:was|were)|regret\w*|apologi\w+)\b"
)
# What is put down to something other than an attack.
_NO_ATTACK = any_case(
    r"\b(?:(?:technical|mechanical|engine|electrical) (?:fault|failure|problem|trouble|defect)|short circuit|gas leak|"
    r"(?:domestic|work|traffic|training) accident)\b"
)
_ERROR = any_case(r"\b(?:mistakes?|errors?|deaths?|killings?|incident|loss|losses|harm|attack|strike|shooting)\b")
_IF = any_case(r"\bif\b")
_FAULT = any_case(
    r"\b(?:reason for (?:it|this|that)|(?:was|were|is|are) to blame|held? \w+ responsible|(?:was|"
    r"were) responsible for|carried out by|the work of|bore the hallmarks?|refus(?:al|ed) to coordinate|"
    r"reluctance|the enemy|the aggressors?|the occupiers?|"
    r"bears? (?:the |full |sole |ultimate ){0,3}responsibility|"
    r"(?:shots|fire|shells?|rockets?|attack\w*) (?:had )?(?:came|come) from)\b"
)
HOLDS = any_case(
    r"\b(?:hold|holds|held|holding)\b[^.;]{3,80}\bresponsible\b|\bpoint(?:s|ed|ing)? (?:the|a) finger at\b|"
    r"\bput(?:s|ting)? the blame on\b|\b(?:lay|lays|laid) (?:the )?\w+ at the (?:door|feet) of\b|"
    r"\b(?:see|sees|saw|seen) the (?:hand|fingerprints|work) of\b|\b(?:lay|lays|laid) the blame\b"
)
_OWN_FAULT = any_case(
    r"\b(?:may|might|could) have (?:\w+ )?(?:hit|struck|killed|bombed|targeted|injured|wounded|caused)\b"
)
REGRET_NOUNS = {"regret", "regrets", "apology", "apologies", "remorse"}
_DELIBERATE = any_case(
    r"\b(deliberate\w*|intentional\w*|on purpose|war crime|clear evidence|flagrant|blatant|"
    r"dangerous and \w+ attack)\b"
)
_TELLING = frozenset("say claim announce state insist tell report add call maintain assert declare write argue".split())
# Verbs that voice regret or an apology, with it as their object.
_VOICING = {"express", "offer", "voice", "convey"}
_STATING = _TELLING | {"confirm", "post", "boast"}
_CALLING = {"call", "describe", "label", "brand", "term", "dub", "say", "deem", "consider"}


def stances_of(verb: Token, sentence: str) -> tuple[Stance, ...]:
    """The stances of a verb of saying in its sentence, the plainest first: who owns up may also excuse himself."""
    first = _stance(verb, sentence)
    if first == "admits" and _excuses(sentence):
        return ("admits", "justifies")
    if first == "justifies" and MISTAKE.search(sentence):
        return ("justifies", "admits")
    return (first,)


def _excuses(sentence: str) -> bool:
    return bool(_EXCUSES.search(sentence)) and not _IF.search(sentence)


def _stance(verb: Token, sentence: str) -> Stance:
    lemma = verb.lemma_.lower()
    if lemma in DENIES or (lemma in _CALLING and _CALLED_FALSE.search(_said_after(verb))):
        return "denies"
    if lemma in JUSTIFIES:
        return "justifies"
    if lemma in {"name", "identify"}:
        return "blames"
    if lemma in _VOICING or (lemma == "distance" and _NOT_US.search(sentence)):
        return "admits" if lemma in _VOICING else "denies"
    if lemma in REGRETS:
        return "admits" if _ERROR.search(sentence) else "asserts"
    if lemma in _TELLING | _CALLING | {"speak", "attribute"} and _NO_ATTACK.search(sentence):
        return "denies"
    if _takes_on(lemma, sentence):
        return "admits"
    if lemma in _TELLING and (_NOT_US.search(sentence) or _is_negated_self(verb)):
        return "denies"
    if lemma in ADMITS or _OWN_FAULT.search(sentence):
        return "admits"
    if (
        lemma in BLAMES
        or (lemma in {"hold", "point", "put", "lay", "see"} and HOLDS.search(sentence))
        or _FAULT.search(sentence)
    ):
        return "blames"
    if _excuses(sentence):
        return "justifies"
    return "blames" if _DELIBERATE.search(sentence) else "asserts"


def _takes_on(lemma: str, sentence: str) -> bool:
    """True where the sentence takes the deed upon the speaker."""
    owning, stating = lemma in {"claim", "admit", "say"} | OWNS_UP, lemma in _STATING
    if not owning and not stating:
        return False
    if _RESPONSIBILITY.search(sentence) and not _NO_RESPONSIBILITY.search(sentence):
        return owning
    return stating and bool(_OWN_DEED.search(sentence)) and not _NOT_US.search(sentence)


def _said_after(verb: Token) -> str:
    """The words of a clause from its verb on."""
    return verb.doc[verb.i : verb.sent.end].text


def _is_negated_self(verb: Token) -> bool:
    """ "Says it does not aim at civilians": what the speaker says of himself is in the negative."""
    for child in verb.children:
        if child.dep_ == "ccomp" and any(c.dep_ == "neg" for c in child.children):
            return any(
                c.dep_ in {"nsubj", "nsubjpass"}
                and (c.lower_ in {"it", "they", "we"} or any(g.tag_ == "PRP$" for g in c.children))
                for c in child.children
            )
    return False
