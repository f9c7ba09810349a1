"""Event types and parties: RAMS triggers, PLOVER and CAMEO sentences without triggers, GLOCON's protest sentences."""
import csv
import gzip
import json
import re

from labels import EVENT, PARTY

from .document import from_tokens
from .polnear import plain
from .triggers import find

# AIDA (RAMS) and KAIROS (WikiEvents) types, by their beginning, as PLOVER types. None: left open, since PLOVER has no
# single answer; "none": PLOVER does not code it. The longest beginning that fits counts.
PLOVER = {
    "conflict.attack": "ASSAULT", "conflict.demonstrate": "PROTEST", "conflict.yield": "RETREAT",
    "conflict.defeat": None, "conflict.yield.surrender": "CONCEDE",
    "life.die": "ASSAULT", "life.die.nonviolentdeath": "none", "life.injure": "ASSAULT",
    "life.injure.illness": "none", "life": "none", "contact.contact": None, "contact.contact.meet": "CONSULT",
    "contact.contact.broadcast": "none", "contact.discussion": "CONSULT", "contact.negotiate": "CONSULT",
    "contact.collaborate": "COOPERATE", "contact.requestadvise": "REQUEST", "contact.requestcommand": "REQUEST",
    "contact.commandorder": "REQUEST", "contact.threatencoerce": "THREATEN",
    "contact.commitmentpromiseexpressintent": "AGREE", "contact.prevarication": "none",
    "contact.mediastatement": "none", "contact.publicstatementinperson": "none", "contact.funeralvigil": "none",
    "contact": None, "justice.arrestjaildetain": "COERCE", "justice.initiatejudicialprocess": "ACCUSE",
    "justice.chargeindict": "ACCUSE", "justice.investigate": "ACCUSE", "justice.investigatecrime": "ACCUSE",
    "justice.trialhearing": "ACCUSE", "justice.judicialconsequences": "SANCTION", "justice.convict": "SANCTION",
    "justice.sentence": "SANCTION", "justice.judicialconsequences.execute": "ASSAULT",
    "justice.judicialconsequences.extradite": "COOPERATE", "justice.releaseparole": "RETREAT", "justice": None,
    "transaction.transaction.embargosanction": "SANCTION", "transaction.transferownership.embargosanction": "SANCTION",
    "transaction.transfermoney.embargosanction": "SANCTION", "transaction.transfermoney.giftgrantprovideaid": "AID",
    "transaction.transferownership.giftgrantprovideaid": "AID", "transaction.transaction.giftgrantprovideaid": "AID",
    "transaction": None, "transaction.transfermoney.purchase": "none", "transaction.transfermoney.payforservice": "none",
    "transaction.transferownership.purchase": "none", "transaction.transfermoney.borrowlend": "none",
    "government.agreements.acceptagreementcontractceasefire": "SUPPORT", "government.agreements.violate": "REJECT",
    "government.spy": None, "government": "none", "government.agreements": None, "personnel.endposition": None,
    "personnel.endposition.quitretire": "RETREAT", "personnel.endposition.firinglayoff": None, "personnel": "none",
    "movement.transportperson.preventexit": "COERCE", "movement.transportperson.prevententry": "REJECT",
    "movement.transportperson.evacuationrescue": "AID", "movement.transportperson.grantentryasylum": "AID",
    "movement.transportperson.disperseseparate": "COERCE", "movement": None, "movement.transportperson.selfmotion": "none",
    "artifactexistence.damage": None, "artifactexistence.damagedestroy": "ASSAULT", "manufacture": "none", "disaster": "none",
    "inspection": None, "control.impede": None, "genericcrime": None, "medical": "none", "cognitive": "none",
}
PENTA = {"1": ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"], "2": ["COOPERATE", "AID", "RETREAT"],
         "3": ["REQUEST", "ACCUSE", "REJECT", "THREATEN"], "4": ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]}
FUNCTION = set("""the a an this that these those and or but nor if as of in on at by for with from to into onto over under
after before during between against about through i you he she it we they me him her us them his its their our your my who
whom whose which what when where why how is are was were be been being am do does did have has had having will would can
could shall should may might must not n't no also very more most than then there here so such too both each all any some
, . : ; ? ! " ' ` ( ) [ ] - -- — – “ ” ‘ ’ 's ’s $ % one two three four five""".split())


# Roles of AIDA and KAIROS, without digits and case, as parties. Others (place, instrument, what is bought) are none.
ACTOR = set("""attacker killer injurer destroyer damagerdestroyer jailer judgecourt demonstrator preventer investigator
prosecutor giver yielder retreater perpetrator impeder regulator transporter communicator participant spy kidnapper
identifier inspector releaser impeder""".split())
TARGET = set("""target victim detainee defendant recipient beneficiary artifact observedentity targeted conqueror
passenger extraditer person""".split())


def party(role):
    role = re.sub(r"^evt\d+arg\d+|[^a-z]", "", role.lower())
    return PARTY.index("actor" if role in ACTOR else "target" if role in TARGET else "none")


def plover(kind):
    kind = kind.lower()
    best = max((k for k in PLOVER if kind.startswith(k)), key=len, default=None)
    return PLOVER[best] if best else None


def function_words(doc):
    event = doc.tag("event")
    for w, form in enumerate(doc.words):
        if form.lower() in FUNCTION:
            event[w] = 0
    return event


def rams(root):
    with gzip.open(f"{root}/rams/dev.jsonlines.gz", "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            doc = from_tokens(row["doc_key"], [[(w, True) for w in s] for s in row["sentences"]], set())
            event = function_words(doc)
            a, _, kinds = row["evt_triggers"][0]
            kind = plover(kinds[0][0])
            event[a] = EVENT.index(kind) if kind else -100
            # One event of many is marked: only its arguments are known, and what cannot be a party.
            parties = doc.tag("party")
            for w, form in enumerate(doc.words):
                if form.lower() in FUNCTION:
                    parties[w] = 0
            parties[a] = 0
            for _, (x, y), role in row["gold_evt_links"]:
                parties[x:y + 1] = [party(role)] * (y + 1 - x)
            yield doc


def candidates(doc, spans=()):
    """Words of a sentence that may trigger its event: no function words, none inside the marked actors."""
    inside = {w for w, (a, b) in enumerate(doc.ranges) if any(a < y and x < b for x, y in spans)}
    return [w for w, form in enumerate(doc.words)
            if w not in inside and form.lower() not in FUNCTION and form.isalpha() and (form[0].islower() or form.isupper())]


def between(doc, spans, words):
    """The candidates between the two actors, where there are any: what one does to the other mostly stands there."""
    if len(spans) == 2:
        (_, a), (b, _) = sorted(map(tuple, spans))
        return [w for w in words if a <= doc.ranges[w][0] < b] or words
    return words


def place(doc, words, kinds):
    """A known type goes to the word that plainly tells it, else stays with the sentence."""
    if words and not find(doc, words, kinds):
        doc.bags.append((words, kinds))


def plv(root):
    with gzip.open(f"{root}/plover_plv/PLV_train.tsv.gz", "rt", encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            marked = row["marked_sentence"]
            text, spans = "", []
            for part in re.split(r"(</?[st]>)", marked):
                if part in ("<s>", "<t>"):
                    spans.append([len(text), None])
                elif part in ("</s>", "</t>"):
                    spans[-1][1] = len(text)
                else:
                    text += part
            doc = plain(text)
            doc.id = "plv" + row["sentence_id"]
            function_words(doc)
            kinds = ["CONCEDE", "RETREAT"] if row["gold_root"] == "YIELD" else [row["gold_root"]]
            kinds = [EVENT.index(k) for k in kinds if k in EVENT]
            if kinds:
                mark_parties(doc, marked, spans)
                spans = [s for s in spans if s[1]]
                place(doc, between(doc, spans, candidates(doc, spans)), kinds)
                yield doc


def mark_parties(doc, marked, spans):
    """The two marked parties of a sentence; what else is named in it may be one to another event."""
    parties = doc.tag("party")
    kinds = re.findall(r"<([st])>", marked)
    for w, (a, b) in enumerate(doc.ranges):
        inside = [k for k, (x, y) in zip(kinds, spans) if y and a < y and x < b]
        if inside:
            parties[w] = PARTY.index("actor" if inside[0] == "s" else "target")
        elif not doc.words[w][0].isupper():
            parties[w] = 0


def cameo_parties(root):
    """Sentences with source and target, word by word."""
    with gzip.open(f"{root}/conflibert/cameo_ner.train.txt.gz", "rt", encoding="utf-8") as f:
        for k, block in enumerate(f.read().split("\n\n")):
            rows = [r.split() for r in block.split("\n") if len(r.split()) == 2]
            if not rows:
                continue
            doc = from_tokens(f"cameo_ner{k}", [[(w, True) for w, _ in rows]])
            labels = {"S": PARTY.index("actor"), "T": PARTY.index("target")}
            doc.tag("party")[:] = [labels.get(t[-1], 0) for _, t in rows]
            yield doc


def cameo(root):
    """Sentences with one of four classes; 0 is left out, as it says little."""
    with gzip.open(f"{root}/conflibert/cameo_class.train.tsv.gz", "rt", encoding="utf-8") as f:
        for k, line in enumerate(f):
            text, _, label = line.rstrip("\n").rpartition("\t")
            if label in PENTA:
                doc = plain(text)
                doc.id = f"cameo{k}"
                function_words(doc)
                place(doc, candidates(doc), [EVENT.index(x) for x in PENTA[label]])
                yield doc


def glocon(root):
    protest = EVENT.index("PROTEST")
    with gzip.open(f"{root}/glocongold/sentences.json.gz", "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            if row["label"] in (0, 1):
                doc = plain(row["sentence"])
                doc.id = row["id"]
                function_words(doc)
                words = candidates(doc)
                if row["label"]:
                    find(doc, words, [protest])
                else:
                    doc.denied.append((words, protest))
                yield doc
