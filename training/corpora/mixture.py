"""Which corpus feeds which share of the training, by windows."""
import random

from . import docred, ecb, events, ewt, gum, polnear, wikievents
from .document import merge
from .weak import Weak


def shares(root, seed=1):
    singles = [*events.plv(root), *events.cameo(root), *events.glocon(root)]
    random.Random(seed).shuffle(singles)
    known = [list(gum.load(root, "train")), list(docred.load(root)), list(wikievents.load(root))]
    weak = Weak(root)
    weak.learn([d for docs in known for d in docs])
    return [
        (0.34, list(polnear.load(root, "train"))),
        (0.22, list(ewt.load(root, "train", weak))),
        (0.16, known[0]),
        (0.13, known[1]),
        (0.03, known[2]),
        (0.02, list(ecb.load(root))),
        (0.05, list(events.rams(root))),
        (0.09, [merge(singles[i:i + 5]) for i in range(0, len(singles), 5)]),
    ]
