"""The labels of every head, in the order of the model's outputs."""
POS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NUMBER = ["none", "Sing", "Plur"]
VERB = ["none", "Fin-Pres", "Fin-Past", "Fin", "Imp", "Inf", "Part-Pres", "Part-Past"]
# Relations seen fewer than about 60 times in EWT fold into their base or into `dep`.
REL = """acl acl:relcl advcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop csubj dep
det det:predet discourse dislocated expl fixed flat goeswith iobj list mark nmod nmod:desc nmod:poss nmod:unmarked nsubj
nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked orphan parataxis punct reparandum root vocative xcomp""".split()
NAME_KINDS = ["person", "organisation", "place", "other"]
NAME = ["O"] + [f"{b}-{k}" for k in NAME_KINDS for b in "BI"]
HEAD = ["none", "person", "organisation", "place", "object", "event", "time", "other"]
PREDICATE = ["none", "verb", "noun"]
BIO = ["O", "B", "I"]
EVENT = """none AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
COERCE ASSAULT""".split()
# Who does what a sentence tells to whom, whichever event it is; and who did a deed of violence, who and what suffered it.
PARTY = ["none", "actor", "target"]
HARM = ["none", "perpetrator", "victim", "thing"]
ROLES = "ARG0 ARG1 ARG2 ARG3 ARG4 TMP LOC MNR CAU PRP DIR NEG MOD ADV OTHER".split()
POINTERS = ["content_cue", "source_cue", "content_source"]
TAGS = {"pos": POS, "number": NUMBER, "verb": VERB, "rel": REL, "name": NAME, "head": HEAD, "predicate": PREDICATE,
        "cue": BIO, "source": BIO, "content": BIO, "event": EVENT, "party": PARTY, "harm": HARM}
UNKNOWN = -100  # no loss is taken here
NAMED = -101    # a name of unknown kind: any label of `name` but O


def relation(deprel):
    if deprel in REL:
        return REL.index(deprel)
    base = deprel.split(":")[0]
    return REL.index(base if base in REL else "dep")
