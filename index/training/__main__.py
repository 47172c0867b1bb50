"""`python -m index.training DATA OUT`: train the built-in model on the data folder, save it, and measure it."""

import argparse
from pathlib import Path

from index.training import data, folder
from index.training.evaluate import measure, table
from index.training.train import Settings, train


def main() -> None:
    """Train, save, measure."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the training data, *.jsonl.xz")
    parser.add_argument("out", type=Path, help="folder the model is written to")
    arguments = parser.parse_args()
    learnt, held_out = data.load(arguments.data)
    folder.save(train(learnt, Settings()), arguments.out)
    print(table(measure(arguments.out, held_out)))


if __name__ == "__main__":
    main()
