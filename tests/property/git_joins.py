"""How people bring branches together, and what no joining may do: conflict inside the record, or lose an edit.

A token that one side added since both were one must afterwards be in the files or in a conflict that git shows. Two
things may drop one, and then it must be in the history of what was joined: a person who takes one side of a conflict,
and a file that the other side moved or deleted. Of the latter git usually makes a conflict or follows the move; but
when this side holds the moved file, too, with the same bytes, git 2.39 lets the edit of the old one go without a word:

    base: queue/x    this side: queue/x edited, posts/x (from a squash)    other side: queue/x moved to posts/x
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.property.git_edits import tokens_below

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.property.git_clone import Clone, Ran

_STEPS_OF_A_REBASE = 60


def join(
    clone: Clone,
    chance: Random,
    how: str,
    *,
    branch: str = "",
    meanwhile: Callable[[], object] | None = None,
) -> str:
    """Commit everything, then bring another branch in.

    Args:
        clone: Whose.
        chance: Decides which branch or commit, and how a conflict ends.
        how: ``merge``, ``squash``, ``rebase`` or ``pick``.
        branch: Which; any when "".
        meanwhile: What somebody does while a conflict is open.
    """
    clone.commit(f"before a {how}")
    branches = clone.branches()
    if not branches:
        return "no other branch"
    other = branch or chance.choice(branches)
    match how:
        case "merge" | "squash":
            return _merge(clone, other, chance, squash=how == "squash", meanwhile=meanwhile)
        case "rebase":
            return _rebase(clone, other, chance)
        case _:
            return _pick(clone, other, chance)


def branch_off(clone: Clone, chance: Random) -> str:
    """Go to another branch: one that exists, or a new one from any earlier commit."""
    clone.commit("before switching")
    local = tuple(name for name in clone.branches() if "/" not in name)
    if len(local) > 2 or (local and chance.random() < 0.6):
        name = chance.choice(local)
        clone.git("checkout", "-q", name)
        return f"switch to {name}"
    name = f"side{len(local)}{clone.person}"
    clone.git("checkout", "-q", "-b", name, chance.choice(clone.commits("HEAD")[:12]))
    return f"branch {name}"


def same_in_any_order(clones: list[Clone], chance: Random) -> str:
    """Merge the branches of all clones in two orders, beside every working copy: the record is the same.

    And it is all that they have together, so that no order loses or changes a decision.
    """
    here = clones[0]
    for other in clones:
        other.commit("before all are merged")
        if other is not here:
            here.fetch(other)
    tips = [here.commits("-1", "HEAD")[0]]
    tips += [here.commits("-1", f"{one.person}/{one.current()}")[0] for one in clones[1:]]
    together = frozenset().union(*(_record_in(here, tip) for tip in tips))
    for _ in range(2):
        chance.shuffle(tips)
        merged = tips[0]
        for tip in tips[1:]:
            merged = _merged_beside(here, merged, tip)
        assert _record_in(here, merged) == together, f"merged in the order {tips}"
    return f"{len(together)} files of the record in any order"


def _merged_beside(clone: Clone, one: str, other: str) -> str:
    """Return a commit that joins two, conflicts in what people wrote included, without touching the working copy."""
    done = clone.run("merge-tree", "--write-tree", one, other)
    assert done.returncode in {0, 1}, done.stderr
    tree = done.stdout.split(b"\n")[0].decode("ascii")
    return clone.git("commit-tree", tree, "-p", one, "-p", other, "-m", "join").strip()


def _record_in(clone: Clone, commit: str) -> frozenset[str]:
    rows = clone.git("ls-tree", "-r", "-z", commit, "--", "record/").split("\0")
    return frozenset(filter(None, rows))


def _merge(
    clone: Clone,
    other: str,
    chance: Random,
    *,
    squash: bool,
    meanwhile: Callable[[], object] | None,
) -> str:
    added = _added(clone, other, both=True)
    sides = (clone.commits("-1", "HEAD")[0], clone.commits("-1", other)[0])
    how = ("--squash",) if squash else chance.choice((("--no-ff",), ()))
    done = clone.run("merge", "-q", "--no-edit", *how, other)
    conflict = _look(clone, added, done, sides)
    assert done.returncode == 0 or conflict, done.stderr + done.stdout
    if meanwhile and chance.random() < 0.3:
        meanwhile()
    if conflict and not squash and chance.random() < 0.15:
        clone.git("reset", "-q", "--hard")
        return f"merge {other}, given up"
    if conflict:
        _resolve(clone, chance)
    if conflict or squash:
        clone.commit(f"join {other}")
    return f"{'squash' if squash else 'merge'} {other}{' with a conflict' if conflict else ''}"


def _pick(clone: Clone, other: str, chance: Random) -> str:
    commits = clone.commits("--no-merges", f"HEAD..{other}")
    if not commits:
        return "nothing to pick"
    commit = chance.choice(commits)
    added = clone.tokens_of(commit) - clone.tokens_of(f"{commit}^")
    sides = (clone.commits("-1", "HEAD")[0], commit)
    done = clone.run("cherry-pick", commit)
    conflict = _look(clone, added, done, sides)
    if conflict:
        _resolve(clone, chance)
        clone.git("add", "-A")
    if (
        done.returncode
        and clone.run("-c", "core.editor=true", "cherry-pick", "--continue").returncode
    ):
        clone.git("cherry-pick", "--skip")
    return f"pick {commit[:8]} of {other}{' with a conflict' if conflict else ''}"


def _rebase(clone: Clone, other: str, chance: Random) -> str:
    added = _added(clone, other, both=False)
    sides = (clone.commits("-1", "HEAD")[0], clone.commits("-1", other)[0])
    clone.surrendered.clear()
    done = clone.run("rebase", "-q", other)
    stops = 0
    while _is_rebasing(clone):
        stops += 1
        assert stops < _STEPS_OF_A_REBASE, "a rebase that does not end"
        done = _carry_on(clone, chance, done)
    missing = added - tokens_below(clone.root) - clone.surrendered
    if missing:  # what the other side had too, and took out again, is in its history
        missing -= clone.tokens_in_history()
    for token in missing:
        assert _went_with_its_file(clone, token, sides), f"a rebase lost {token}"
    return f"rebase onto {other}, {stops} stops"


def _carry_on(clone: Clone, chance: Random, done: Ran) -> Ran:
    head = _stopped_at(clone)
    added = clone.tokens_of(head) - clone.tokens_of(f"{head}^") if head else frozenset()
    if _look(clone, added, done, (clone.commits("-1", "HEAD")[0], head) if head else ()):
        _resolve(clone, chance)
        clone.git("add", "-A")
    done = clone.run("-c", "core.editor=true", "rebase", "--continue")
    if done.returncode and _stopped_at(clone) == head:
        done = clone.run("rebase", "--skip")  # nothing is left of this commit
    return done


def _stopped_at(clone: Clone) -> str:
    return clone.git("rev-parse", "--verify", "-q", "REBASE_HEAD", check=False).strip()


def _is_rebasing(clone: Clone) -> bool:
    return clone.root.joinpath(".git/rebase-merge").exists()


def _added(clone: Clone, other: str, *, both: bool) -> frozenset[str]:
    """Return the tokens that this side, or either, added since the last commit that both have."""
    bases = clone.git("merge-base", "--all", "HEAD", other).split()
    old = frozenset().union(*(clone.tokens_of(base) for base in bases))
    new = clone.tokens_of("HEAD") | (clone.tokens_of(other) if both else frozenset())
    return new - old


def _look(clone: Clone, added: frozenset[str], done: Ran, sides: tuple[str, ...]) -> bool:
    """Check what git made of a joining of two commits; return whether there is a conflict.

    Of an image that both sides changed and one seems to have renamed, git may show two versions out of three. It says
    so; and the branch that was joined still has the third.
    """
    said = done.stderr + done.stdout
    conflicts = clone.conflicts()
    touched = [path for path in conflicts if path.startswith("record/")]
    assert not touched, f"a conflict inside the record: {touched}"
    here = tokens_below(clone.root)
    missing = added - here
    if missing and conflicts:
        missing -= clone.tokens_in_conflict()
    if b"annot merge binary" in said and conflicts:
        clone.surrendered |= missing
        return True
    for token in missing:
        assert _went_with_its_file(clone, token, sides), f"git lost {token} without a conflict"
    clone.surrendered |= missing
    # Of a folder whose files went to several places git says so, and leaves no path in conflict.
    return bool(conflicts) or b"CONFLICT" in said


def _went_with_its_file(clone: Clone, token: str, sides: tuple[str, ...]) -> bool:
    """Whether the file with a token on one side has another name, or is gone, on the other."""
    return any(
        not clone.has(other, path)
        for one, other in (sides, sides[::-1])
        for path in clone.paths_with(token, one)
    )


def _resolve(clone: Clone, chance: Random) -> None:
    """End a conflict as people do: commit the markers, or take one side of everything."""
    held = clone.tokens_in_conflict()
    if chance.random() < 0.5:
        side = chance.choice(("--ours", "--theirs"))
        for path in clone.conflicts():
            if clone.run("checkout", "-q", side, "--", path).returncode:
                clone.git("rm", "-q", "--cached", "--", path)
                (clone.root / path).unlink(missing_ok=True)
    clone.surrendered |= held - tokens_below(clone.root)
