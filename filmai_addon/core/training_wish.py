"""What the preferences say on training, as frozen data, and as options of the command that trains."""

from dataclasses import dataclass

__all__ = ["TrainingWish"]


@dataclass(frozen=True, slots=True)
class TrainingWish:
    """A material that is to be learned."""

    python: str
    """Path of the interpreter that trains."""
    folder: str
    """Of the pictures."""
    name: str
    layout: str
    """What it is painted on: ``pictures``, ``noise``, or a family's id."""
    turn: bool

    def options(self, models_dir: str, parent_pid: int, *, resume: bool) -> tuple[str, ...]:
        """The options of ``ml.train.folder``, all but the run's folder."""
        flags = (*(("--turn",) if self.turn else ()), *(("--resume",) if resume else ()))
        return (
            # with an equals sign, since names and folders may begin with a dash
            f"--images={self.folder}",
            f"--name={self.name}",
            f"--out={models_dir}",
            f"--layout={self.layout}",
            f"--parent-pid={parent_pid}",
            *flags,
        )
