"""`python -m index.training DATA OUT`: train the built-in model on the data folder, save it, and measure it."""

import argparse
from pathlib import Path

from index.training import data, folder
from index.training.evaluate import measure, table
from index.training.train import Settings, train
from index.training.tuning import Tuner, Tuning


def main() -> None:
    """Train the base, tune it on all lay legal questions, save both, and measure what was tuned."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the training data, *.jsonl.xz")
    parser.add_argument("out", type=Path, help="folder the model is written to")
    parser.add_argument(
        "--base", type=Path, required=True, help="folder of the base: written, or used as it is if it holds one"
    )
    arguments = parser.parse_args()
    learnt, held_out = data.load(arguments.data)
    if not (arguments.base / "model.safetensors").exists():
        folder.save(train(learnt, Settings()), arguments.base)
    tuner = Tuner(arguments.base, learnt, Tuning())
    folder.save(tuner.tune(range(len(learnt.legal))), arguments.out)
    print(table(measure(arguments.out, held_out)))


if __name__ == "__main__":
    main()
