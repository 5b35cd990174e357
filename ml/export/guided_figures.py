"""Command that puts measured figures on the card and the page of a shipped texture studio.

Figures are measured on the exported model, so they come after it. Nothing else of the card changes: what the worker
reads stays the same.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import TaskError
from ..infer.cards import MaterialCard
from ..infer.models import find_model
from ..train.guided_recipe import guided_recipe_from_plain
from ..train.recipe import RecipeError
from ..wire import WireError, from_plain
from .card import About, TrainingFacts, file_sha256, write_card, write_page
from .guided import page_words
from .parity import Parity
from .quality import Figures, read_figures

__all__ = ["main", "put_figures"]

EXAMPLES = """example:
  python -m bench.material_quality --train data/whole/train --test data/whole/test --json > figures.json
  python -m ml.export.guided_figures --figures figures.json
"""


def put_figures(figures: Figures, models_dir: Path, name: str, page: Path) -> MaterialCard:
    """Write the card of the model ``name`` anew with these figures, and its page into the folder ``page``.

    Raises TaskError when the model cannot be used, ValueError when its card was not written by ``ml.export.guided``
    or belongs to another file.
    """
    model = find_model(models_dir, name, MaterialCard)
    path = model.folder / "card.json"
    if file_sha256(model.folder / model.card.file) != model.card.sha256:
        raise ValueError(f"{path} is the card of another file; export the model again")
    about = _about(json.loads(path.read_bytes()), figures, path)
    write_card(model.card, about, path)
    write_page(model.card, about, page_words(model.card), page / f"{name}.md", f"{name}_samples.jpg")
    return model.card


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when written, 2 when model or figures cannot be used."""
    options = _parser().parse_args(argv)
    try:
        card = put_figures(read_figures(options.figures), options.models, options.name, options.page)
    except TaskError as error:
        print(f"error: {error.message} ({error.detail})", file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"figures put on the card of {card.name} version {card.version}")
    return 0


def _about(plain: dict[str, Any], figures: Figures, path: Path) -> About:
    try:
        training = dict(plain["training"])
        recipe = guided_recipe_from_plain(training.pop("recipe"))
        return About(
            TrainingFacts(recipe=recipe, **training),
            from_plain(Parity, plain["parity"], "parity"),
            figures,
            from_plain(tuple[str, ...], plain["limits"], "limits"),
        )
    except (KeyError, TypeError, WireError, RecipeError) as error:
        raise ValueError(f"{path} has no training facts to keep ({error}); export the model again") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.export.guided_figures",
        description="Put the figures that bench.material_quality has measured on the texture studio's card.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--figures", type=Path, required=True, help="what bench.material_quality --json printed"
    )
    parser.add_argument("--models", type=Path, default=Path("ml/models"), help="model repository")
    parser.add_argument("--name", default="texture_studio", help="of the model (default: %(default)s)")
    parser.add_argument("--page", type=Path, default=Path("docs/models"), help="folder of the card's page")
    return parser


if __name__ == "__main__":
    sys.exit(main())
