"""Print figures of the house: size, names, complexity, and how its rooms import each other.

A room is a top folder of the package with all beneath it, or a root module. A floor is a step of
the longest path of imports between rooms. Imports inside functions count.
"""

from __future__ import annotations

import ast
import statistics
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

__all__ = ["circle", "floors", "package_imports", "room_imports"]

PACKAGE = "mali_course"
TOO_COMPLEX = 15
_BRANCHES = (
    ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.comprehension,
    ast.match_case, ast.Assert,
)  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef


# --- Imports --------------------------------------------------------------------------------------


def _module_name(path: Path, package: Path) -> str:
    parts = list(path.relative_to(package).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _running_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a module that run, not what only type checkers read."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from _running_nodes(node)


def _imported_names(node: ast.AST, known: Collection[str]) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
        base = (node.module or "").removeprefix(PACKAGE).lstrip(".")
        for alias in node.names:
            inside = f"{base}.{alias.name}".lstrip(".")
            yield inside if inside in known else base
    elif isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name.split(".")[0] == PACKAGE:
                yield alias.name.removeprefix(PACKAGE).lstrip(".")


def package_imports(package: Path) -> dict[str, set[str]]:
    """Return each module of the package with the modules that it imports, inside functions too.

    The package itself is called "".
    """
    paths = {_module_name(path, package): path for path in sorted(package.rglob("*.py"))}
    return {
        name: {
            target
            for node in _running_nodes(ast.parse(path.read_text(encoding="utf-8")))
            for target in _imported_names(node, paths)
        }
        for name, path in paths.items()
    }


def room_imports(imports: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return each room with the other rooms that it imports from."""
    rooms: dict[str, set[str]] = {module.split(".")[0]: set() for module in imports}
    for module, targets in imports.items():
        room = module.split(".")[0]
        rooms[room] |= {target.split(".")[0] for target in targets} - {room}
    return rooms


def floors(rooms: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the rooms of each floor, from the ground up."""
    levels: dict[str, int] = {}
    for room in TopologicalSorter(rooms).static_order():
        levels[room] = 1 + max((levels[other] for other in rooms[room]), default=-1)
    return [
        sorted(room or PACKAGE for room, level in levels.items() if level == number)
        for number in range(max(levels.values()) + 1)
    ]


def circle(imports: Mapping[str, set[str]]) -> list[str]:
    """Return modules that import each other in a circle, or nothing."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


# --- Functions ------------------------------------------------------------------------------------


def functions_of(path: Path) -> list[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def body_lines(function: Function) -> int:
    """Return how many lines the body has without its docstring."""
    body = function.body
    if ast.get_docstring(function) is not None and len(body) > 1:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def complexity(function: Function) -> int:
    """Return the cyclomatic complexity: ways through the function that do not depend on another."""
    ways = 1
    for node in ast.walk(function):
        if isinstance(node, _BRANCHES):
            ways += 1
        elif isinstance(node, ast.BoolOp):
            ways += len(node.values) - 1
    return ways


def main() -> None:
    root = Path(__file__).resolve().parents[1]
    package = root / PACKAGE
    paths = sorted(package.rglob("*.py"))
    every = [(path, function) for path in paths for function in functions_of(path)]
    named = [function.name for _, function in every if not function.name.startswith("__")]
    one_word = sum("_" not in name.strip("_") for name in named)
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)
    median = statistics.median(body_lines(function) for _, function in every)
    print(f"{len(paths)} modules, {lines:,} lines, {len(every):,} functions")
    print(f"median body of a function: {median:g} lines")
    print(f"names of one word: {one_word / len(named):.0%}")
    stems = Counter(path.stem for path in paths if not path.stem.startswith("__"))
    print("module names twice:", ", ".join(n for n, count in stems.items() if count > 1) or "none")
    print(f"functions over complexity {TOO_COMPLEX}:")
    for path, function in every:
        if (ways := complexity(function)) > TOO_COMPLEX:
            print(f"  {path.relative_to(root)}: {function.name} {ways}")
    imports = package_imports(package)
    rooms = room_imports(imports)
    arrows = sum(map(len, rooms.values()))
    print("circle:", " -> ".join(circle(imports)) or "none")
    print(f"{len(rooms)} rooms, {arrows} arrows between them, floors from the ground up:")
    for number, names in enumerate(floors(rooms), start=1):
        print(f"  {number}: {', '.join(names)}")


if __name__ == "__main__":
    main()
