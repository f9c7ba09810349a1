"""One file a corpus; each gives documents as `Doc`. `load` names which corpus feeds which share of the training."""
