"""Which corpus feeds which share of the training, by windows."""
import random

from . import docred, ecb, events, ewt, gum, gvdb, muc, polnear, raw, wikievents
from .document import merge
from .weak import Weak


def shares(root, seed=1, unlabelled=0.0):
    """(share, documents); `unlabelled` is what reports without labels have on top, for a student."""
    singles = [*events.plv(root), *events.cameo(root), *events.glocon(root), *events.cameo_parties(root)]
    random.Random(seed).shuffle(singles)
    known = [list(gum.load(root, "train")), list(docred.load(root)), list(wikievents.load(root))]
    weak = Weak(root)
    weak.learn([d for docs in known for d in docs])
    articles = list(muc.load(root))
    told = [d for d in articles if "harm" in d.tags]
    out = [
        (0.34, list(polnear.load(root, "train"))),
        (0.12, list(ewt.load(root, "train", weak))),
        (0.12, known[0]),
        (0.11, known[1]),
        (0.015, known[2]),
        (0.03, list(ecb.load(root))),
        (0.03, list(events.rams(root))),
        (0.09, [merge(singles[i:i + 5]) for i in range(0, len(singles), 5)]),
        (0.13, told),
        (0.015, list(gvdb.load(root))),
    ]
    if unlabelled:
        more = [*raw.load(root), *(d for d in articles if "harm" not in d.tags)]
        out.append((unlabelled, more))
    return out
