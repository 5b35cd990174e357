"""The shot Transformer under training: network, optimiser, the average of the weights, the best of them so far.

``ShotTrainer.step`` is the whole algorithm. Every draw of a step comes from the recipe's seed and the step's number,
so a resumed run continues as if it had never ended. No files, no clock, no printing.
"""

import copy
import math
import random
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from ..nets.shot_transformer import INSTANTS, ShotTransformer
from ..shot_terms import FIELD_INDEX, FIELDS
from .shot_augment import ShotBatch, augment, augment_pictures, picture_batch, plain_batch
from .shot_data import UNKNOWN, ShotSet
from .shot_flows import ShotFlows, move_otherwise
from .shot_recipe import ShotRecipe, shot_config
from .shot_scores import FieldScore, class_weights, field_scores, mean_score
from .shot_told import lesson
from .shot_vocabulary import Vocabulary

__all__ = ["ShotLosses", "ShotTrainer", "logits_of"]

EVALUATION_BATCH = 64
FIELD_SIZES = [len(field.values) for field in FIELDS]


class ShotLosses(NamedTuple):
    """Of one step: both losses, and how often movement and the next word were right."""

    fields: float
    sentence: float
    movement_right: float
    words_right: float


class ShotTrainer:
    """Takes the shots to train on and those that are held out; flows: motion without pictures, if there is any."""

    def __init__(
        self,
        recipe: ShotRecipe,
        train: ShotSet,
        held_out: ShotSet,
        vocabulary: Vocabulary,
        flows: ShotFlows | None = None,
    ) -> None:
        self.recipe = recipe
        self.train, self.held_out, self._flows = train, held_out, flows
        self.vocabulary = vocabulary
        self.steps_done = 0
        torch.manual_seed(recipe.optimiser.seed)
        self.network = ShotTransformer(shot_config(recipe, len(vocabulary.words)))
        for parameter in self.network.parameters():
            if parameter.dim() == 4:
                parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        self.best = copy.deepcopy(self.average)
        self.best_score, self.best_step = float("-inf"), 0
        self._optimiser = _optimiser(self.network, recipe)
        self._weights = [torch.from_numpy(w) for w in class_weights(train.values, recipe.loss.balance)]

    @property
    def present(self) -> Sequence[int]:
        """Numbers of the fields that have a truth in some shot."""
        return [int(index) for index in np.flatnonzero((self.train.values != UNKNOWN).any(axis=0))]

    def step(self) -> ShotLosses:
        """One update of the network and its average."""
        if self.steps_done >= self.recipe.speaking.from_step:
            return self._speaking_step()
        seed = self.recipe.optimiser.seed * 1_000_003 + self.steps_done
        rng = torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)  # for dropout
        if self.looks:
            return self._looking_step(rng)
        batch = plain_batch(self.train, self._rows())
        if self._flows is not None:
            settings = self.recipe.data
            move_otherwise(batch, self._flows, settings.flows, settings.flows_still, rng)
        batch = augment(batch, self.recipe.data, rng)
        spoken = self.recipe.loss.sentences
        codes, words = lesson(
            batch.values[:spoken], self.vocabulary, self.recipe.loss.invented, random.Random(seed)
        )
        first, last = self.recipe.looking.until_step, self.recipe.speaking.from_step
        steps = min(self.recipe.run.steps, last) - first
        self._set_learning_rate(self.recipe.optimiser.learning_rate, first, steps)
        self.network.train()
        logits, tokens = _encode(self.network, batch)
        fields = self._field_loss(logits, batch.values)
        sentence, said = self._sentence_loss(tokens[:spoken], codes, words)
        self._learn_from(fields + self.recipe.loss.sentence * sentence)
        return ShotLosses(
            fields.item(),
            sentence.item(),
            _movement_right(logits, batch.values),
            _words_right(said, words[:, 1:]),
        )

    @property
    def looks(self) -> bool:
        """Whether single pictures are still all that is looked at."""
        return self.steps_done < self.recipe.looking.until_step

    def _looking_step(self, rng: torch.Generator) -> ShotLosses:
        """One update of what sees single pictures."""
        settings = self.recipe.looking
        rows = torch.randint(len(self.train.names), (settings.pictures,), generator=rng)
        pictures = picture_batch(self.train, rows, int(torch.randint(INSTANTS, (1,), generator=rng)))
        batch = augment_pictures(pictures, self.recipe.data, settings.zoom, rng)
        self._set_learning_rate(settings.learning_rate, 0, settings.until_step / 0.8)
        self.network.train()
        fields = self._field_loss(self.network.encoder.glance(batch.frames[:, 0]), batch.values)
        self._learn_from(fields)
        return ShotLosses(fields.item(), 0.0, 0.0, 0.0)

    def _learn_from(self, loss: Tensor) -> None:
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        self.steps_done += 1
        self._update_average()

    def _speaking_step(self) -> ShotLosses:
        """One update of the decoder, about what the best encoder sees."""
        settings, seed = self.recipe.speaking, self.recipe.optimiser.seed * 1_000_003 + self.steps_done
        if self.steps_done == settings.from_step:
            for network in (self.network, self.average):
                network.load_state_dict(self.best.state_dict())
        torch.manual_seed(seed)  # for dropout
        batch = plain_batch(self.train, self._rows()[: settings.shots])
        self.network.eval()
        with torch.no_grad():
            _, tokens = _encode(self.network, batch)
        self.network.decoder.train()
        values = batch.values.repeat_interleave(settings.sentences, dim=0)
        codes, words = lesson(values, self.vocabulary, self.recipe.loss.invented, random.Random(seed))
        part = (self.steps_done - settings.from_step) / max(self.recipe.run.steps - settings.from_step, 1)
        for group in self._optimiser.param_groups:
            group["lr"] = settings.learning_rate * (0.5 + 0.5 * math.cos(math.pi * min(1.0, part)))
        sentence, said = self._sentence_loss(
            tokens.repeat_interleave(settings.sentences, dim=0), codes, words
        )
        self._learn_from(sentence)
        return ShotLosses(0.0, sentence.item(), 0.0, _words_right(said, words[:, 1:]))

    def _sentence_loss(self, tokens: Tensor, codes: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """Cross-entropy of the next word, and the words' logits."""
        # the sentence says what it is told: it has nothing to teach the encoder
        cross = self.network.decoder.remember(tokens.detach(), codes)
        said = self.network.decoder(words[:, :-1], *cross)
        target = words[:, 1:]
        loss = functional.cross_entropy(
            said.flatten(0, 1), target.flatten(), ignore_index=self.vocabulary.pad
        )
        return loss, said

    def evaluate(self) -> list[FieldScore]:
        """Figures of the averaged network on the held-out shots; keeps its weights when they are the best so far.

        While single pictures are looked at: of one picture of each shot, and nothing is kept.
        """
        if self.looks:
            return self._picture_scores()
        scores = field_scores(logits_of(self.average, self.held_out), self.held_out.values)
        score = mean_score(scores)
        if score >= self.best_score:
            self.best_score, self.best_step = score, self.steps_done
            self.best.load_state_dict(self.average.state_dict())
        return scores

    @torch.no_grad()
    def _picture_scores(self) -> list[FieldScore]:
        self.average.eval()
        everything = torch.arange(len(self.held_out.names))
        batch = picture_batch(self.held_out, everything, INSTANTS // 2)
        frames = torch.split(batch.frames[:, 0], EVALUATION_BATCH)
        parts = [self.average.encoder.glance(part) for part in frames]
        return field_scores(torch.cat(parts).numpy(), batch.values.numpy())

    def state(self) -> dict[str, Any]:
        """Everything that the next step depends on, as tensors and plain values."""
        return {
            "steps": self.steps_done,
            "vocabulary": list(self.vocabulary.words),
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "best": self.best.state_dict(),
            "best_score": self.best_score,
            "best_step": self.best_step,
            "optimiser": self._optimiser.state_dict(),
        }

    def load_state(self, state: dict[str, Any]) -> None:
        """Continue from ``state``. Raises ValueError when it has other words."""
        if tuple(state["vocabulary"]) != self.vocabulary.words:
            raise ValueError(
                "the checkpoint has other words than this grammar; train anew, in another folder"
            )
        self.steps_done = state["steps"]
        for name in ("network", "average", "best"):
            getattr(self, name).load_state_dict(state[name])
        self.best_score, self.best_step = state["best_score"], state["best_step"]
        self._optimiser.load_state_dict(state["optimiser"])

    def _rows(self) -> Tensor:
        """The shots of this step: each once in an epoch, in an order of its own each time."""
        count, batch = len(self.train.names), self.recipe.optimiser.batch
        seed, first = self.recipe.optimiser.seed, self.steps_done * batch
        rows: list[Tensor] = []
        for place in range(first, first + batch):
            epoch, within = divmod(place, count)
            if not rows or within == 0:
                order = torch.randperm(count, generator=torch.Generator().manual_seed(seed + epoch))
            rows.append(order[within])
        return torch.stack(rows)

    def _field_loss(self, logits: Tensor, values: Tensor) -> Tensor:
        total, weight_sum = logits.new_zeros(()), 0.0
        parts = torch.split(logits, FIELD_SIZES, dim=1)
        for index, (field, part) in enumerate(zip(FIELDS, parts, strict=True)):
            truth = values[:, index]
            if not bool((truth != UNKNOWN).any()):
                continue
            loss = functional.cross_entropy(
                part,
                truth,
                weight=self._weights[index],
                ignore_index=UNKNOWN,
                label_smoothing=self.recipe.loss.smoothing,
            )
            weight = self.recipe.loss.movement if field.id == "movement" else 1.0
            total, weight_sum = total + weight * loss, weight_sum + weight
        return total / max(weight_sum, 1.0)

    def _set_learning_rate(self, most: float, first: int, steps: float) -> None:
        """A warm-up from step ``first`` on, then a cosine that would be at nothing after so many steps."""
        done = self.steps_done - first
        warm = min(1.0, (done + 1) / self.recipe.optimiser.warmup_steps)
        cosine = 0.5 + 0.5 * math.cos(math.pi * min(1.0, done / steps))
        for group in self._optimiser.param_groups:
            group["lr"] = most * warm * cosine

    @torch.no_grad()
    def _update_average(self) -> None:
        # the average follows fast at first, so that the random start is soon forgotten
        decay = min(self.recipe.optimiser.ema_decay, (1 + self.steps_done) / (10 + self.steps_done))
        for mean, weight in zip(self.average.parameters(), self.network.parameters(), strict=True):
            mean.lerp_(weight, 1 - decay)
        for kept, value in zip(self.average.buffers(), self.network.buffers(), strict=True):
            kept.copy_(value)


@torch.no_grad()
def logits_of(network: ShotTransformer, shots: ShotSet) -> NDArray[np.float32]:
    """The fields' logits (N, all values) of these shots as they are."""
    network.eval()
    rows = torch.split(torch.arange(len(shots.names)), EVALUATION_BATCH)
    parts = [_encode(network, plain_batch(shots, part))[0] for part in rows]
    result: NDArray[np.float32] = torch.cat(parts).numpy()
    return result


def _encode(network: ShotTransformer, batch: ShotBatch) -> tuple[Tensor, Tensor]:
    found: tuple[Tensor, Tensor] = network.encoder(
        batch.frames, batch.flow, batch.motion, batch.facts, batch.looked_at
    )
    return found


def _optimiser(network: nn.Module, recipe: ShotRecipe) -> torch.optim.AdamW:
    settings = recipe.optimiser
    decayed = [weight for weight in network.parameters() if weight.dim() >= 2]
    others = [weight for weight in network.parameters() if weight.dim() < 2]
    groups = [
        {"params": decayed, "weight_decay": settings.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, settings.learning_rate, betas=(0.9, 0.98), fused=True)


def _movement_right(logits: Tensor, values: Tensor) -> float:
    index = FIELD_INDEX["movement"]
    part = torch.split(logits, FIELD_SIZES, dim=1)[index]
    known = values[:, index] != UNKNOWN
    return float((part.argmax(dim=1) == values[:, index])[known].float().mean())


def _words_right(said: Tensor, target: Tensor) -> float:
    known = target != 0
    return float((said.argmax(dim=2) == target)[known].float().mean())
