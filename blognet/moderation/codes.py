"""What the problem codes of the record mean."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

_BRING_BACK = (
    "`mayor mend` brings the file back from git's history, as it was; else copy it from another clone. Events are"
    " never edited; a decision is changed by a new decision."
)

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code="BN301",
        title="not an event",
        meaning="A `.json` file under `record/` is not an event: it is damaged, was edited by hand, or a"
        " merge tool wrote into it. A build stops, since nobody can say what was decided.",
        mend=_BRING_BACK,
    ),
    CodeEntry(
        code="BN302",
        title="event of a newer version",
        meaning="The event was written by a newer blognet, which may mean something by it that this one"
        " does not know.",
        mend="Install the version that the message names: a format comes with the major version of blognet that has"
        " its number.",
    ),
    CodeEntry(
        code="BN303",
        title="event does not match its name",
        meaning="The name of an event's file ends in the hash of its bytes. Here the two differ, so the"
        " file was renamed or its bytes were changed.",
        mend=_BRING_BACK,
    ),
    CodeEntry(
        code="BN304",
        title="event in the wrong place",
        meaning="The event is about another subject than its folder says, or comes from another network.",
        mend="Move it to the folder of its subject, or out of this network; check `id` in `blognet.yml`.",
    ),
    CodeEntry(
        code="BN305",
        title="actor without the right",
        meaning="Only mayors and former mayors decide. This event was written by somebody else, so it"
        " is no decision.",
        mend="Name the person under `former_mayors` in `blognet.yml` if they once were a mayor; else"
        " remove the event.",
    ),
    CodeEntry(
        code="BN306",
        title="earlier event missing",
        meaning="An event names the events that its actor had seen; one of them is not here. Cherry-picking"
        " only a part of the record does this.",
        mend="Merge the branch that holds the earlier event, or bring its file back with git.",
    ),
    CodeEntry(
        code="BN307",
        title="approved text missing",
        meaning="The copy of the text that was approved is gone, so the site cannot be built from it.",
        mend=_BRING_BACK,
    ),
    CodeEntry(
        code="BN308",
        title="approved text changed",
        meaning="The copy kept under `record/` is not the text that was approved. This is what the hash"
        " in the approval is there to notice.",
        mend=_BRING_BACK,
    ),
    CodeEntry(
        code="BN309",
        title="approved image or attachment missing",
        meaning="The copy of a bundle's file that was approved is gone from `record/assets/`.",
        mend=_BRING_BACK,
    ),
    CodeEntry(
        code="BN310",
        title="words missing or changed",
        meaning="The comment or reason of an event is gone, or is not the one that was given.",
        mend=_BRING_BACK,
    ),
    CodeEntry(
        code="BN311",
        title="stray file in the record",
        meaning="A file lies under `record/` that no event speaks of. Nothing reads it.",
        mend="`mayor mend` moves it to `.blognet/removed/`.",
    ),
    CodeEntry(
        code="BN312",
        title="approved image or attachment changed",
        meaning="The copy kept under `record/assets/` does not decode to the bytes that were approved.",
        mend=_BRING_BACK,
    ),
    CodeEntry(
        code="BN313",
        title="restoring without an approval",
        meaning="An event brings a retracted version back, but no approval that its actor had seen is for"
        " these bytes. So nobody had approved them.",
        mend="Remove the event if it was made by hand; else merge the branch that holds the approval.",
    ),
    CodeEntry(
        code="BN318",
        title="edit hidden by a file in queue/",
        meaning="The same post lies in `queue/` and in `posts/`, so the file in `queue/` is the one that is proposed."
        " The other one holds an edit that was never approved and that nobody will look at.",
        mend="Bring the edit over into the file in `queue/`, then remove the file under `posts/`.",
    ),
    CodeEntry(
        code="BN320",
        title="stage approved by no reviewer",
        meaning="An approval for a stage counts when its actor is or was a reviewer of that stage. Here it is"
        " somebody else, or the stage is no longer in `blognet.yml`.",
        mend="Name the person under the stage's `former_reviewers`, and keep stages that were used; else remove"
        " the event.",
    ),
    CodeEntry(
        code="BN321",
        title="deputy without a reason",
        meaning="A deputy may decide when the mayors are away or late, and the event says which. This one does not,"
        " so it was made by hand.",
        mend="Remove the event, and let a mayor decide.",
    ),
    CodeEntry(
        code="BN322",
        title="approval without a grant",
        meaning="Somebody who is no mayor approved own work, and names no grant that a mayor gave to them.",
        mend="Merge the branch that holds the grant; else remove the event, and let a mayor decide.",
    ),
    CodeEntry(
        code="BN323",
        title="approval after the end of a grant",
        meaning="A grant ends at its date, or when a mayor revokes it. A revocation names the approvals that the mayor"
        " had seen, and they stay. This one is none of them: it came later, or from a clone that had not heard of the"
        " revocation. Or its time is after the last day of the grant.",
        mend="A mayor looks at the post, and approves the version that is named or retracts it.",
    ),
    CodeEntry(
        code="BN324",
        title="more approvals than granted",
        meaning="A grant is good for so many approvals. There is one more, as when two clones used the last one.",
        mend="A mayor looks at the post, and approves the version that is named or retracts it.",
    ),
    CodeEntry(
        code="BN325",
        title="approval beyond the bounds of a grant",
        meaning="A grant reaches own posts alone that wait and that nobody has answered: without findings, without"
        " stages, never over somebody else's work, never what was taken down.",
        mend="Remove the event, and let a mayor decide.",
    ),
    CodeEntry(
        code="BN326",
        title="approval carried over from nothing",
        meaning="An approval says that it carries over an earlier one, but no approval that its actor had seen is for"
        " the version it names, or the rule it names does not exist.",
        mend="Remove the event, and let a mayor decide.",
    ),
    CodeEntry(
        code="BN340",
        title="resolution of no note",
        meaning="An event says that a note was answered, taken, settled or withdrawn. But it names no note that its"
        " actor had seen, or a suggestion is taken that is none, or a note withdrawn that is somebody else's.",
        mend="Remove the event if it was made by hand; else merge the branch that holds the note.",
    ),
    CodeEntry(
        code="BN341",
        title="must or settling without the right",
        meaning="Mayors insist on a change (a comment of the kind must) and settle notes; reviewers do so for their"
        " stage, and deputies in a mayor's place. This event is by somebody who has and had no such part.",
        mend="Name the person under `former_mayors`, `former_deputies` or the stage's `former_reviewers` in"
        " `blognet.yml` if they once had one; else remove the event.",
    ),
    CodeEntry(
        code="BN345",
        title="purged file here again",
        meaning="A text or words that a purge had removed lie in the record again: the purge was interrupted, or"
        " a merge or a hand brought them back. Nothing reads them.",
        mend="`mayor mend` removes them for good.",
    ),
)
