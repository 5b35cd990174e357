"""Finds what runs code out of files or texts, by reading sources; nothing is imported."""

import ast
from collections.abc import Iterator

__all__ = ["forbidden"]

_MODULES = {
    *("pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"),
    *("yaml", "multiprocessing", "code", "codeop", "runpy"),
}
_HARMLESS = {("pickle", "UnpicklingError")}
"""The exception that torch raises for a file that is none of ours."""
_BUILTINS = {"eval", "exec", "compile", "__import__"}
_CALLS = {"os.system", "os.popen"}
_TELLING = {"allow_pickle", "weights_only", "shell"}


def forbidden(source: str) -> list[str]:
    """What is wrong with the source of a module, each with its line."""
    tree = ast.parse(source)
    return [
        f"line {getattr(node, 'lineno', 0)}: {what}" for node in ast.walk(tree) for what in _in_node(node)
    ]


def _in_node(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (f"imports {name.name}" for name in names if name.name.split(".")[0] in _MODULES)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            taken = {(module, name.name) for name in names} - _HARMLESS
            yield from (
                f"imports {name} of {module}" for _, name in taken if module.split(".")[0] in _MODULES
            )
        case ast.Call():
            yield from _in_call(node)


def _in_call(call: ast.Call) -> Iterator[str]:
    name = _dotted(call.func)
    given = {word.arg: ast.unparse(word.value) for word in call.keywords if word.arg in _TELLING}
    if name in _BUILTINS or name in _CALLS or name.endswith("register_custom_ops_library"):
        yield f"calls {name}"
    if given.get("allow_pickle", "False") != "False":
        yield f"{name} with allow_pickle"
    if name in ("np.load", "numpy.load") and given.get("allow_pickle") != "False":
        # False is numpy's default, and is said all the same
        yield f"{name} without allow_pickle=False"
    if name == "torch.load" and given.get("weights_only") != "True":
        yield "torch.load without weights_only=True"
    if given.get("shell", "False") != "False":
        yield f"{name} through a shell"


def _dotted(function: ast.expr) -> str:
    """``np.load``; of what is called on the result of a call, the last name alone."""
    match function:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_dotted(value)}.{name}"
        case _:
            return ""
