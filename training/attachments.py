"""Where a preposition's phrase hangs in EWT's training trees: the figures behind `crates/recount/src/language/mend/clauses.rs`.

    python3 attachments.py ../shared/train

Behind a clause, with no mark between: to the clause, or to the verb over it. Right behind a verb: to it, to a word before
it, or to one that comes later.
"""
import gzip
import sys

from corpora import conll

SINCE = {"when", "after", "as", "before", "while", "because", "if", "since", "until", "that"}


def sentences(root):
    with gzip.open(f"{root}/ud_ewt/en_ewt-ud-train.conllu.gz", "rt", encoding="utf-8") as f:
        for sents in conll.read(f):
            for _, rows, _ in sents:
                yield [(r[1].lower(), r[3], int(r[6]) - 1, r[7]) for r in rows]


def is_clause(rows, kids, v):
    """Whether a word heads a clause that its own subject or conjunction opens."""
    rel = rows[v][3].split(":")[0]
    if rel == "advcl":
        return any(rows[k][3] == "mark" and rows[k][0] in SINCE or rows[k][3] == "advmod" and rows[k][0] == "when" for k in kids[v])
    return rel in ("ccomp", "acl") and any(rows[k][3] == "mark" and rows[k][0] == "that" or rows[k][3].startswith("nsubj") for k in kids[v])


def main():
    clause, over, verb, before, later = 0, 0, 0, 0, 0
    for rows in sentences(sys.argv[1]):
        kids = [[] for _ in rows]
        for i, row in enumerate(rows):
            if row[2] >= 0:
                kids[row[2]].append(i)
        for w, (_, _, head, rel) in enumerate(rows):
            first = min((k for k in kids[w] if k < w), default=w)
            if not rel.startswith("obl") or head < 0 or first == 0 or not any(rows[k][3] == "case" for k in kids[w] if k < w):
                continue
            if rows[first - 1][1] == "VERB":
                verb += head == first - 1
                later += head > w
                before += head != first - 1 and head < w
            if head < w and rows[first - 1][1] != "PUNCT":
                over += any(is_clause(rows, kids, v) for v in kids[head] if head < v < first)
                clause += 0 <= rows[head][2] < head and is_clause(rows, kids, head)
    print(f"behind a clause: {clause} to it, {over} to the verb over it")
    print(f"right behind a verb: {verb} to it, {before} to a word before it, {later} to one that comes later")


main()
