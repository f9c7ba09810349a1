"""A document as the training sees it: words, features, and whatever its corpus knows about them."""
from dataclasses import dataclass, field

from labels import TAGS, UNKNOWN
from words import quoted


@dataclass
class Doc:
    id: str
    words: list
    inside: list                       # is the word inside a quotation?
    sents: list                        # half-open word ranges
    tags: dict = field(default_factory=dict)     # head name -> label of each word, UNKNOWN where not annotated
    heads: list = None                 # index of each word's head, itself for a root, -1 unknown
    roles: dict = None                 # predicate -> {argument's head word: role}; None: not annotated
    pointers: list = None              # three lists: target of each word, itself for none, -1 unknown
    factuality: dict = field(default_factory=dict)   # word -> (value, confidence)
    clusters: dict = field(default_factory=dict)     # mention's head word -> cluster
    all_mentions: bool = False         # are singletons in `clusters` too?
    bags: list = field(default_factory=list)     # (words, event labels one of which one of the words bears)
    denied: list = field(default_factory=list)   # (words, event label that none of them bears)
    names: list = field(default_factory=list)    # (first, end, kind) of names that may be swapped
    text: str = ""                     # as put together again from tokens
    starts: list = field(default_factory=list)   # where each word begins in it

    def tag(self, head):
        if head not in self.tags:
            assert head in TAGS
            self.tags[head] = [UNKNOWN] * len(self.words)
        return self.tags[head]


def from_tokens(id, sents, breaks=None):
    """A document from tokenised sentences: lists of (form, is there a space behind it); `breaks`: sentences that begin
    a paragraph (all, if not given)."""
    text, starts, words, ranges = "", [], [], []
    for k, sent in enumerate(sents):
        if k and (breaks is None or k in breaks):
            text += "\n"
        a = len(words)
        for form, space in sent:
            starts.append(len(text))
            words.append(form)
            text += form + (" " if space else "")
        if not text.endswith(" "):
            text += " "
        ranges.append((a, len(words)))
    mask = quoted(text)
    return Doc(id, words, [mask[s] for s in starts], ranges, text=text, starts=starts)


def merge(docs):
    """Short documents as one, so that windows are full."""
    words, inside, sents = [], [], []
    out = Doc(docs[0].id, words, inside, sents, all_mentions=False)
    for d in docs:
        at = len(words)
        words += d.words
        inside += d.inside
        sents += [(a + at, b + at) for a, b in d.sents]
        out.bags += [([w + at for w in ws], kinds) for ws, kinds in d.bags]
        out.denied += [([w + at for w in ws], kind) for ws, kind in d.denied]
    for head in {h for d in docs for h in d.tags}:
        out.tags[head] = [x for d in docs for x in d.tags.get(head, [UNKNOWN] * len(d.words))]
    return out
