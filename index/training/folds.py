"""`python -m index.training.folds DATA BASE OUT`: one model a fold of the lay legal questions, each measured on its own fold.

A fold's model, OUT/0 to OUT/4, is the base tuned on the questions of all other folds (`data.legal_fold`), just as the
model that ships is tuned on all of them: what the folds' models find is what the shipped one would on new questions.
"""

import argparse
from pathlib import Path

import numpy as np

from index.training import data, folder
from index.training.evaluate import measure, measure_legal, table
from index.training.tuning import Tuner, Tuning


def main() -> None:
    """Make the folds' models, and print each one's figures and those of all questions together."""
    parser = argparse.ArgumentParser(prog="python -m index.training.folds", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the training data, *.jsonl.xz")
    parser.add_argument("base", type=Path, help="folder of the base that `make train` keeps")
    parser.add_argument("out", type=Path, help="folder the folds' models are written to")
    arguments = parser.parse_args()
    learnt, held_out = data.load(arguments.data)
    make_folds(arguments.base, learnt, held_out, arguments.out, Tuning())


def make_folds(
    base: Path, learnt: data.Corpora, held_out: data.Corpora, out: Path, settings: Tuning
) -> dict[str, float]:
    """Write one model a fold to `out`, print their figures, and return those of all questions together."""
    tuner = Tuner(base, learnt, settings)
    folds = np.array([data.legal_fold(item) for item in learnt.legal])
    found: list[dict[str, float]] = []
    for fold in range(data.LEGAL_FOLDS):
        folder.save(tuner.tune(np.flatnonzero(folds != fold).tolist()), out / str(fold))
        asked = [item for item, its in zip(learnt.legal, folds, strict=True) if its == fold]
        found.append(measure_legal(out / str(fold), learnt.articles, asked) | measure(out / str(fold), held_out))
        print(f"fold {fold}: {len(asked)} questions\n{table(found[-1])}", flush=True)
    sizes = np.bincount(folds, minlength=data.LEGAL_FOLDS)
    figures = {name: float(np.average([row[name] for row in found], weights=sizes)) for name in found[0]}
    print(f"all folds: {len(learnt.legal)} questions\n{table(figures)}")
    return figures


if __name__ == "__main__":
    main()
