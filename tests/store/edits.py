"""A project, and edits of it such as people make, at places and in orders that chance decides."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from definitions import DEFINITIONS, MARKS, MORE_QUERIES, OPTIONS, QUERIES, REPLACEMENTS, SCHEMA

Edit = Callable[[random.Random, Path], None]
BYTE_ORDER_MARK = "\ufeff"
PACKAGES = (
    'runtime = "app.runtime"\n[[packages]]\nqueries = ["queries"]\nout = "app/first"\n'
    '[[packages]]\nqueries = ["queries/books.sql"]\nout = "app/second"\nfrozen = true\n',
    '[[packages]]\nschema = ["schema"]\nqueries = ["queries"]\nout = "generated"\n'
    '[[packages]]\nschema = ["schema/10_types.sql", "schema/20_tables.sql"]\n'
    'queries = ["queries/authors.sql", "queries/books.sql"]\nout = "second"\nmodel = "attrs"\n',
    '[[packages]]\nqueries = ["queries/loans.sql"]\nout = "second"\n'
    '[[packages]]\nqueries = ["queries"]\nout = "third"\npostgresql = "15"\n',
)
SQLC = """\
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    gen:
      go:
        package: db
        out: generated
        emit_json_tags: true
        rename: {title: called}
"""


def read(path: Path) -> str:
    """A text as it is, with the ends of lines that it has."""
    return path.read_bytes().decode()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def files_of(project: Path, folder: str = "*") -> list[Path]:
    return sorted(path for path in project.glob(f"{folder}/**/*.sql") if path.is_file())


def statements_of(path: Path) -> list[str]:
    return read(path).split("\n\n" if path.parts[-2] == "queries" else ";\n")


def join(path: Path, statements: Sequence[str]) -> None:
    write(path, ("\n\n" if path.parts[-2] == "queries" else ";\n").join(statements))


def replace_something(chance: random.Random, project: Path) -> None:
    """One of the replacements at one of the places where it can be made."""
    files = files_of(project)
    for _ in range(50):
        path = chance.choice(files)
        text = read(path)
        old, new = chance.choice(REPLACEMENTS)
        places = text.count(old)
        if places:
            parts = text.split(old)
            at = chance.randrange(places) + 1
            write(path, old.join(parts[:at]) + new + old.join(parts[at:]))
            return


def define_something(chance: random.Random, project: Path) -> None:
    """A definition behind one of the schema's lines, which may be within a statement."""
    path = chance.choice(files_of(project, "schema"))
    lines = read(path).splitlines(keepends=True)
    places = [at for at, line in enumerate(lines, 1) if line.endswith(";\n")]
    at = chance.choice((*places, len(lines), len(lines)))
    lines.insert(at, chance.choice(DEFINITIONS) + "\n")
    write(path, "".join(lines))


def move_a_statement(chance: random.Random, project: Path) -> None:
    """A statement to another place of its file, to another file of its kind, or away."""
    files = files_of(project, chance.choice(("schema", "queries")))
    source, target = chance.choice(files), chance.choice(files)
    parts = statements_of(source)
    moved = parts.pop(chance.randrange(len(parts)))
    join(source, parts)
    if chance.randrange(4):
        parts = statements_of(target)
        parts.insert(chance.randrange(len(parts) + 1), moved)
        join(target, parts)


def rename_a_file(chance: random.Random, project: Path) -> None:
    """A file under another name, which may be one that stands elsewhere in the order."""
    path = chance.choice(files_of(project))
    path.rename(path.with_name(f"{chance.randrange(10, 40)}_{chance.choice('abc')}.sql"))


def move_a_file(chance: random.Random, project: Path) -> None:
    """A file into a folder of its folder, where queries are not looked for, or out of it."""
    path = chance.choice(files_of(project))
    folder = path.parent / "inner" if path.parent.parent == project else path.parent.parent
    folder.mkdir(exist_ok=True)
    path.rename(folder / path.name)


def remove_a_file(chance: random.Random, project: Path) -> None:
    """A file is gone; one is always left of each kind."""
    files = files_of(project, chance.choice(("schema", "queries")))
    if len(files) > 1:
        chance.choice(files).unlink()


def split_a_file(chance: random.Random, project: Path) -> None:
    path = chance.choice(files_of(project))
    parts = statements_of(path)
    at = chance.randrange(len(parts))
    later = path.with_name(f"{path.stem}_later.sql")
    join(path, parts[:at])
    join(later, parts[at:])


def join_two_files(chance: random.Random, project: Path) -> None:
    files = files_of(project, chance.choice(("schema", "queries")))
    one, other = chance.choice(files), chance.choice(files)
    if one != other:
        write(one, read(one) + read(other))
        other.unlink()


def add_a_query(chance: random.Random, project: Path) -> None:
    path = chance.choice(files_of(project, "queries"))
    if chance.randrange(3) == 0:
        path = path.with_name("more.sql")
    before = read(path) if path.exists() else ""
    write(path, f"{before}\n\n{chance.choice(MORE_QUERIES)}")


def mark_a_query(chance: random.Random, project: Path) -> None:
    """A comment with a word for the tool, or without, at the beginning of some line."""
    path = chance.choice(files_of(project))
    lines = read(path).splitlines(keepends=True)
    places = [at for at, line in enumerate(lines, 1) if line.startswith("-- name:")]
    at = chance.choice((*places, *places, chance.randrange(len(lines) + 1)))
    lines.insert(at, chance.choice(MARKS) + "\n")
    write(path, "".join(lines))


def unmark(chance: random.Random, project: Path) -> None:
    """A file without one of the comments in it."""
    path = chance.choice(files_of(project))
    lines = read(path).splitlines(keepends=True)
    marked = [at for at, line in enumerate(lines) if line.startswith("-- @")]
    if marked:
        del lines[chance.choice(marked)]
        write(path, "".join(lines))


def end_lines_otherwise(chance: random.Random, project: Path) -> None:
    """The same text as another editor writes it."""
    path = chance.choice(files_of(project))
    text = read(path)
    how = chance.randrange(4)
    if how == 0:
        text = text.replace("\r\n", "\n") if "\r\n" in text else text.replace("\n", "\r\n")
    elif how == 1:
        text = (
            text.removeprefix(BYTE_ORDER_MARK) if text[:1] == BYTE_ORDER_MARK else f"\ufeff{text}"
        )
    elif how == 2:
        text = text.rstrip("\n") if text.endswith("\n") else f"{text}\n\n"
    else:
        text = text.replace(" ", "\t", 1) if "\t" not in text else text.replace("\t", " ")
    write(path, text)


def configure(chance: random.Random, project: Path) -> None:
    """Some of the options, several packages, or the configuration of sqlc."""
    for name in ("sqlwright.toml", "sqlc.yaml"):
        (project / name).unlink(missing_ok=True)
    if chance.randrange(12) == 0:
        write(project / "sqlc.yaml", SQLC)
        return
    chosen = chance.sample(OPTIONS, chance.choice((0, 1, 1, 1, 2, 3)))
    tables = [each for each in chosen if each.startswith("[")]
    plain = [each for each in chosen if not each.startswith("[")]
    packages = chance.choice(PACKAGES) if chance.randrange(3) == 0 else ""
    lines = ['schema = ["schema"]', *plain]
    if not packages:
        lines.append('queries = ["queries"]')
    elif not packages.startswith("["):
        first, packages = packages.split("\n", 1)
        lines += [first] if not any(each.startswith("runtime") for each in plain) else []
    write(project / "sqlwright.toml", "\n".join((*lines, *tables, packages)) + "\n")


def go_back(chance: random.Random, project: Path) -> None:
    """A file as it was at first."""
    name, texts = chance.choice((("schema", SCHEMA), ("queries", QUERIES)))
    file = chance.choice(sorted(texts))
    write(project / name / file, texts[file])


def begin_again(chance: random.Random, project: Path) -> None:
    """All files as they were at first, and no others."""
    for path in files_of(project):
        path.unlink()
    for name, texts in (("schema", SCHEMA), ("queries", QUERIES)):
        for file, text in texts.items():
            write(project / name / file, text)


EDITS: tuple[Edit, ...] = (
    *(5 * (replace_something,)),
    *(5 * (define_something,)),
    *(5 * (go_back,)),
    *(2 * (begin_again,)),
    *(3 * (move_a_statement,)),
    *(2 * (add_a_query,)),
    *(2 * (mark_a_query,)),
    *(2 * (configure,)),
    unmark,
    rename_a_file,
    move_a_file,
    remove_a_file,
    split_a_file,
    join_two_files,
    end_lines_otherwise,
)


def new_project(folder: Path) -> Path:
    begin_again(random.Random(0), folder)
    write(folder / "sqlwright.toml", 'schema = ["schema"]\nqueries = ["queries"]\n')
    return folder
