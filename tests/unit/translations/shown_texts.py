"""Every text that a user may see, found by reading the sources: with the context in which it is looked up.

Labels, tooltips and items are found by the place where Blender takes them from. Everything else that reads like a
sentence in a module that speaks to people counts as shown, unless it stands where only programmers look: so a new
message cannot be forgotten.
"""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

__all__ = ["ANYWHERE", "BUTTON", "OWN", "directly_reported", "shown_texts"]

REPOSITORY = Path(__file__).resolve().parents[3]
ANYWHERE, BUTTON, OWN = "*", "Operator", "FilmAI"
"""Contexts: Blender's own for labels and tooltips, its own for operators, and that of FilmAI's sentences."""

Shown = tuple[str, str]
"""Context and text; gaps are numbered, ``{0}``."""

SPEAKING = (
    *("filmai_addon/*",),
    *(
        "ml/tasks/*",
        "ml/media/*",
        "ml/errors.py",
        "ml/shot_terms.py",
        "ml/own_families.py",
        "ml/timecode.py",
        "ml/words.py",
    ),
    *(
        "ml/infer/devices.py",
        "ml/infer/models.py",
        "ml/infer/session.py",
        "ml/infer/probe.py",
        "ml/worker.py",
    ),
    *("ml/shotlist/edits.py", "ml/shotlist/files.py", "ml/shotlist/subtitles.py"),
    *("ml/materials/own_family.py", "ml/materials/own_layout.py", "ml/materials/patterns.py"),
    *("ml/materials/drawing.py", "ml/train/folder_pictures.py", "ml/train/folder_session.py"),
)
"""What of the product says something to its users."""
MUTE = (
    # nodes, files of other programs, and the process that renders: their words are no sentences of ours
    *("filmai_addon/scene/mapping.py", "filmai_addon/scene/materials.py", "filmai_addon/contract.py"),
    *("filmai_addon/scene/studio_material.py", "filmai_addon/core/asset_catalogue.py"),
    *("filmai_addon/render_strips.py", "filmai_addon/log_file.py", "filmai_addon/translations/*"),
    *(
        "filmai_addon/worker_client/log.py",
        "filmai_addon/core/job_table.py",
        "filmai_addon/core/provenance.py",
    ),
    *("ml/tasks/png.py", "ml/media/lucas_kanade.py", "ml/media/inputs.py"),
    "filmai_addon/core/cut_places.py",
)
NOT_SHOWN = {
    # names of data, which stay as they are in every language
    *("FilmAI {0} {1}", "FilmAI Shot {0}", "Imported Caption {0}", "FilmAI Training Samples"),
    # put together of translated parts
    *("FilmAI: {0}: {1}{2}", "FilmAI: {0}: {1}. {2}", "{0} {1}, {2} variations"),
    # details of failures, for a report
    *("expected JSON, got {0}", "exit code: {0}", "job {0} has no result that belongs into a scene"),
    *("the card is one for {0}", "the card is that of {0} {1}", "SHA-256 of {0} is {1}, not {2}"),
    *("{0} has {1} bytes, more than the limit of {2}", "card: not one of a model for {0}"),
    *("inputs and outputs {0} are not those of the card", "it is not a folder, or its path is not absolute"),
    *("its card is that of {0}, with the layout {1}", "{0} of {1} x {2} pixels are no layouts"),
    # caught again, or what ONNX Runtime says
    *("unknown state {0}", "too large for a card", "{0} is no family of the user's"),
    *("failed to allocate memory", "out of memory", "bad allocation"),
    # written to logs and terminals
    *("{0} ({1}) is in {2}", "resumed at step {0}", "the first step", "paused at step {0}; --resume goes on"),
    *("a request was refused: {0}", "a request was longer than the limit and was left out"),
    *("job {0} failed: {1}: {2}\n{3}", "{0} models were dropped after {1} idle seconds"),
}
"""Sentences that are found but do not reach a user's eyes in the interface."""
GAP_WORDS = {"first", "second", "joints", "{0} s"}
"""Short texts that stand in the gaps of sentences, or alone."""
_LAYOUT_TEXTS = {"text", "heading", "placeholder"}
_DRAWN_BY_BLENDER = {"label", "prop", "row", "column", "menu", "progress", "prop_enum", "split", "box"}
_SAYING = {"said", "progress", "begin", "show", "_ticker"}
"""Calls whose texts reach the user: phases of jobs among them."""
_MEANING = 3
"""Which argument of a field says what it is about."""
_TECHNICAL_CALLS = {
    "_values",
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "compile",
    "getenv",
    "TypeVar",
    "new",
}
_TECHNICAL_ARGUMENTS = {"detail", "out_dir", "errors", "encoding"}
_DETAIL_PLACE = {"TaskError": 2, "SettingsError": 2, "FilmAIError": 2, "DeliveryError": 2, "WorkerError": 2}


def shown_texts() -> dict[Shown, str]:
    """Context and text of each, and the first place where it stands."""
    found: dict[Shown, str] = {}
    for path in sorted((REPOSITORY / "filmai_addon").rglob("*.py")) + sorted(
        (REPOSITORY / "ml").rglob("*.py")
    ):
        name = path.relative_to(REPOSITORY).as_posix()
        if _matches(name, SPEAKING) and not _matches(name, MUTE):
            for node, shown in _Reader(ast.parse(path.read_text(encoding="utf-8"))).found():
                found.setdefault(shown, f"{name}:{node.lineno}")
    return found


def directly_reported(source: str) -> list[int]:
    """Lines that report something without ``said``."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in ("report", "poll_message_set") and node.args:
            spoken = node.args[-1]
            if _text(spoken) is not None or isinstance(spoken, ast.IfExp | ast.BinOp):
                lines.append(node.lineno)
    return lines


class _Reader:
    """Reads one module; each node is taken once, by the most exact rule."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._taken: set[ast.AST] = set()
        self._found: list[tuple[ast.expr, Shown]] = []

    def found(self) -> list[tuple[ast.expr, Shown]]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.ClassDef):
                self._read_class(node)
            elif isinstance(node, ast.Call):
                self._read_call(node)
            elif isinstance(node, ast.Tuple):
                self._read_item(node)
        self._leave_technical()
        for node in ast.walk(self._tree):
            text = _text(node)
            if text in NOT_SHOWN:
                self._taken.update(ast.walk(node))
            elif text is not None and isinstance(node, ast.expr) and _is_shown(text):
                self._take(node, OWN)
        return self._found

    def _take(self, node: ast.expr, context: str) -> None:
        if isinstance(node, ast.IfExp):
            self._take(node.body, context)
            self._take(node.orelse, context)
            return
        text = _text(node)
        if text is None or node in self._taken:
            return
        self._taken.update(ast.walk(node))
        if text in GAP_WORDS or re.search(r"[A-Za-z][a-z]", text):
            self._found.append((node, (context, text.strip(" ,"))))

    def _read_class(self, node: ast.ClassDef) -> None:
        is_operator = "_OT_" in node.name
        own = {target.id: found.value for stmt in node.body for target, found in _assigned(stmt)}
        if "bl_label" in own:
            self._take(own["bl_label"], BUTTON if is_operator else ANYWHERE)
        if "bl_description" in own:
            self._take(own["bl_description"], ANYWHERE)
        elif is_operator:
            documentation = ast.get_docstring(node)
            first = node.body[0]
            if documentation and isinstance(first, ast.Expr):
                self._taken.add(first.value)
                self._found.append((first.value, (ANYWHERE, documentation)))
        if any(isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases):
            for value in own.values():
                self._take(value, OWN)

    def _read_call(self, node: ast.Call) -> None:
        called = _called(node)
        if called.endswith("Property") and isinstance(node.func, ast.Attribute):
            self._read_property({keyword.arg: keyword.value for keyword in node.keywords})
        elif called in _SAYING:
            for argument in node.args:
                self._take(argument, OWN)
        elif called == "ShotField":
            self._take(node.args[_MEANING], OWN)
            self._taken.update(node.args[:_MEANING])
        context = BUTTON if called == "operator" else ANYWHERE
        if called in _DRAWN_BY_BLENDER or called == "operator":
            for keyword in node.keywords:
                if keyword.arg in _LAYOUT_TEXTS and not isinstance(keyword.value, ast.JoinedStr):
                    self._take(keyword.value, context)

    def _read_property(self, options: dict[str | None, ast.expr]) -> None:
        context = OWN if "translation_context" in options else ANYWHERE
        for name, where in (("name", context), ("description", ANYWHERE)):
            if name in options:
                self._take(options[name], where)

    def _read_item(self, node: ast.Tuple) -> None:
        """An item of a menu: identifier, name, tooltip."""
        texts = [_text(part) for part in node.elts]
        if len(texts) != 3 or None in texts or not re.fullmatch(r"[A-Z0-9_]+|[a-z]{2,4}", texts[0] or ""):
            return
        if " " in (texts[2] or ""):
            for part in node.elts[1:]:
                self._take(part, ANYWHERE)

    def _leave_technical(self) -> None:
        """Take what only programmers see: documentation, logs, names of types, details of failures."""
        for node in ast.walk(self._tree):
            self._taken.update(part for root in _technical(node) for part in ast.walk(root))


def _technical(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        if any(target.id in ("__all__", "bl_idname", "bl_options") for target, _ in _assigned(node)):
            yield node
        if isinstance(node, ast.AnnAssign) and not isinstance(node.annotation, ast.Call):
            yield node.annotation
    elif isinstance(node, ast.FunctionDef):
        yield from (*node.args.args, *node.args.kwonlyargs)
        if node.returns is not None:
            yield node.returns
    elif isinstance(node, ast.Subscript | ast.Compare):
        yield node
    elif isinstance(node, ast.Assert) and node.msg is not None:
        yield node.msg
    elif isinstance(node, ast.Call):
        yield from _technical_arguments(node)


def _technical_arguments(node: ast.Call) -> Iterator[ast.AST]:
    called = _called(node)
    yield from (keyword.value for keyword in node.keywords if keyword.arg in _TECHNICAL_ARGUMENTS)
    if called in _TECHNICAL_CALLS:
        yield from node.args
    yield from node.args[_DETAIL_PLACE.get(called, len(node.args)) :]


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _assigned(node: ast.AST) -> Iterator[tuple[ast.Name, ast.Assign | ast.AnnAssign]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node) for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        yield node.target, node


def _text(node: ast.AST) -> str | None:
    """The text of a constant, or of an f-string with its gaps numbered; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts: list[str] = []
    gaps = 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{gaps}}}")
            gaps += 1
    return "".join(parts)


def _is_shown(text: str) -> bool:
    """Two words, or a word and a gap; or one of the words that are listed."""
    return text in GAP_WORDS or re.search(r"[A-Za-z]{2}.* |\} .*[a-z]{2}| .*[a-z]{2}", text) is not None


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
