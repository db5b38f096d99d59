"""Commands for updates: exchange, review, bundle, conflicts, rollback, holdings."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from desktop import content_exchange
from desktop.commands.content_jobs import NOT_YET, accepted
from desktop.commands.content_words import review_of, say_review
from desktop.commands.opening import directory_of
from desktop.commands.output import Output
from desktop.content_exchange import ToTake
from resources.directory.history import Conflict
from resources.directory.store import Directory
from resources.editions import exchange as editions
from resources.editions.exchange import Looked
from resources.errors import ToolkitError
from resources.paths import data_folder
from resources.updates import bundle, holdings, rollback
from resources.updates.exchange import Decision, Exchange, complete, preview
from resources.updates.medium import Folder
from resources.updates.review import Review
from resources.words import load

NAMES = ("exchange", "review", "bundle", "conflicts", "rollback", "holdings")


def add_commands(commands: Any) -> None:
    exchange = commands.add_parser("exchange", help="take and give updates through a folder or stick")
    exchange.add_argument("folder", type=Path)
    _add_decision(exchange)
    exchange.set_defaults(run=exchange_folder)
    review = commands.add_parser("review", help="what a folder would change here; nothing is taken")
    review.add_argument("folder", type=Path)
    review.set_defaults(run=review_folder)
    packed = commands.add_parser("bundle", help="the same updates as one file").add_subparsers(
        dest="what", required=True
    )
    write = packed.add_parser("write", help="write all that this laptop holds as one file")
    write.add_argument("file", type=Path)
    write.set_defaults(run=write_bundle)
    read = packed.add_parser("read", help="review such a file, and take it with --apply")
    read.add_argument("file", type=Path)
    read.add_argument("--apply", action="store_true")
    _add_decision(read)
    read.set_defaults(run=read_bundle)
    conflicts = commands.add_parser("conflicts", help="where laptops disagree; decide one with --take")
    conflicts.add_argument("id", nargs="?", help="an entry")
    conflicts.add_argument("field", nargs="?", help="its field, as listed")
    conflicts.add_argument("--take", type=int, metavar="N", help="the N-th value, as listed")
    conflicts.set_defaults(run=list_or_decide)
    back = commands.add_parser("rollback", help="list the updates that were taken, or take one back")
    back.add_argument("id", nargs="?", help="the update, as listed")
    back.set_defaults(run=list_or_take_back)
    held = commands.add_parser("holdings", help="what is here from whom, how old, and what others lack")
    held.set_defaults(run=list_holdings)


def _add_decision(command: argparse.ArgumentParser) -> None:
    """What a person decided; without any of it, what needs a person waits."""
    numbers = command.add_mutually_exclusive_group()
    numbers.add_argument("--accept-phones", action="store_true", help="take all changed numbers")
    numbers.add_argument("--accept-phone", action="append", default=[], metavar="KEY", help="take this one")
    numbers.add_argument("--keep-phones", action="store_true", help="keep our number wherever one changed")
    command.add_argument("--decline", action="append", default=[], metavar="ID", help="keep this entry ours")
    command.add_argument("--confirm-names", action="store_true", help="names that look alike were looked at")
    command.add_argument("--confirm-retire", action="store_true", help="a mass deletion is meant")
    command.add_argument("--take-content", action="store_true", help="put content editions in force")


def decision_of(given: argparse.Namespace, looked: Review) -> Decision | None:
    """What the words given decide about this review; None when something is left for a person."""
    phones = None if given.accept_phones else frozenset(given.accept_phone)
    decided, declined = bool(phones is None or phones or given.keep_phones), frozenset(given.decline)
    unseen = not decided and any(one.provider_id not in declined for one in looked.phones)
    odd = not given.confirm_names and any(one.provider_id not in declined for one in looked.look_alikes)
    if unseen or odd or (looked.mass and not given.confirm_retire):
        return None
    return Decision(phones, declined, given.confirm_retire)


def exchange_folder(given: argparse.Namespace, output: Output) -> None:
    """Both ways; what needs a person waits, and what this laptop holds is written all the same."""
    medium, data = Folder(given.folder), data_folder(given.data)
    with directory_of(given) as directory:
        looked = preview(directory, medium)
        content = content_exchange.look(directory, data, medium)
        wanted = _content_wanted(given, content)
        done = complete(directory, medium, looked, decision_of(given, looked))
        done = content_exchange.complete(directory, data, medium, content, wanted, done)
    if done.waits:
        _say_review(looked, output)
    left = [one for one in content.reviews if one.key not in {two.review.key for two in wanted}]
    say_review(left, output, with_how=True)
    for line in done.lines():
        output.line(line)
    for refusal in done.refusals:
        output.line(refusal.sentence())
    output.set(**_result(done), content=[review_of(one) for one in content.reviews])


def _content_wanted(given: argparse.Namespace, content: Looked) -> list[ToTake]:
    """The editions that the words given take; without any they wait."""
    if not given.take_content:
        return []
    return [ToTake(one, some) for one in content.reviews if (some := accepted(given, one)) != NOT_YET]


def _result(done: Exchange) -> dict[str, Any]:
    return {
        **_review(done.review),
        "taken": done.taken.ops,
        "entries": done.taken.entries,
        "kept": done.taken.kept,
        "arrival": done.taken.arrival,
        "waits": done.waits,
        "given": done.ops,
        "files": done.files,
        "refused": [refusal.sentence() for refusal in done.refusals],
        "editions_given": done.editions,
        "lines": done.lines(),
    }


def review_folder(given: argparse.Namespace, output: Output) -> None:
    """What taking it would do."""
    with directory_of(given) as directory:
        looked = preview(directory, medium := Folder(given.folder))
        content = content_exchange.look(directory, data_folder(given.data), medium)
    _say_review(looked, output)
    say_review(content.reviews, output, with_how=True)
    refused = [refusal.sentence() for refusal in (*looked.incoming.refusals, *content.refusals)]
    for sentence in refused:
        output.line(sentence)
    output.set(**_review(looked), content=[review_of(one) for one in content.reviews], refused=refused)


def _review(looked: Review) -> dict[str, Any]:
    return {
        "ops": looked.ops,
        "new": [{"id": one.id, "name": one.name} for one in looked.new],
        "changed": [
            {"id": change.new.id, "name": change.new.name, "fields": list(change.fields)}
            for change in looked.changed
        ],
        "retired": [{"id": identity, "name": name} for identity, name in looked.retired],
        "phones": [asdict(phone) for phone in looked.phones],
        "disputes": [asdict(dispute) for dispute in looked.disputes],
        "notes": looked.sentences(),
    }


def _say_review(looked: Review, output: Output) -> None:
    counts = {"new": looked.new, "changed": looked.changed, "retired": looked.retired}
    for kind, some in (counts | {"disputed": looked.disputes}).items():
        if some:
            output.say(f"updates.say.{kind}", n=len(some))
    for change in looked.changed:
        for line in change.lines:
            if not line.is_phone:
                output.line(f"  {change.new.name}  {line.said}: {line.old!r} -> {line.new!r}")
    nothing = load("en").say("updates.say.nothing")
    for phone in looked.phones:
        output.say(
            "updates.say.phone",
            id=phone.key,
            name=phone.name,
            old=phone.old or nothing,
            new=phone.new or nothing,
            who=phone.device,
        )
    for dispute in looked.disputes:
        output.say(
            "updates.say.dispute", name=dispute.name, said=dispute.said, values=" | ".join(dispute.values)
        )
    for sentence in looked.sentences():
        output.line(sentence)
    if looked.phones:
        output.say("updates.say.phones_wait")
    if looked.look_alikes:
        output.say("updates.say.names_wait")


def write_bundle(given: argparse.Namespace, output: Output) -> None:
    with directory_of(given) as directory:
        also = partial(editions.give, directory, data_folder(given.data))
        ops = bundle.write(directory, given.file, also)
    output.set(file=str(given.file), ops=ops)
    output.say("updates.say.bundle_written", file=given.file.name, changes=_changes(ops))


def read_bundle(given: argparse.Namespace, output: Output) -> None:
    """Review, and with --apply take what needs no person or was decided."""
    with directory_of(given) as directory:
        found = bundle.read(directory, given.file)
        looked = preview(directory, found.parts)
        for warning in found.warnings:
            output.line(warning)
        if found.already:
            output.say("updates.say.bundle_same")
        _say_review(looked, output)
        data = data_folder(given.data)
        content = content_exchange.look(directory, data, found.parts)
        say_review(content.reviews, output, with_how=True)
        decision = decision_of(given, looked) if given.apply else None
        output.set(**_review(looked), warnings=list(found.warnings), number=found.number, applied=False)
        refused = [refusal.sentence() for refusal in (*looked.incoming.refusals, *content.refusals)]
        output.set(refused=refused, content=[review_of(one) for one in content.reviews])
        for one in _content_wanted(given, content) if given.apply else ():
            content_exchange.take(directory, data, one)
            output.say("content.say.took", label=one.review.label)
        if decision is None:
            output.say("updates.say.bundle_waits" if given.apply else "updates.say.bundle_not_applied")
            return
        taken = bundle.take(directory, found, looked, decision)
    output.set(applied=True, taken=taken.ops, arrival=taken.arrival, kept=taken.kept)
    output.say("updates.say.applied", n=taken.entries)


def list_or_decide(given: argparse.Namespace, output: Output) -> None:
    """All open conflicts with who said what and when; or a person's word on one of them."""
    with directory_of(given) as directory:
        if given.id and given.field and given.take:
            return _decide(directory, given, output)
        found = [one for one in directory.conflicts() if given.id in (None, one.provider_id)]
        names = {provider.id: provider.name for provider in directory.many({c.provider_id for c in found})}
    output.set(conflicts=[_conflict(one, names.get(one.provider_id, "")) for one in found])
    for one in found:
        output.line(f"{one.provider_id}  {names.get(one.provider_id, '')}  {one.said} ({one.field})")
        for n, claim in enumerate(one.values, 1):
            output.line(f"  {n}  {claim.text!r}  {claim.who}, {claim.when:%Y-%m-%d %H:%M}")
    if not found:
        output.say("updates.say.no_disputes")


def _conflict(one: Conflict, name: str) -> dict[str, Any]:
    claims = [{"value": c.value, "who": c.who, "when": c.when, "text": c.text} for c in one.values]
    return {"id": one.provider_id, "name": name, "field": one.field, "values": claims}


def _decide(directory: Directory, given: argparse.Namespace, output: Output) -> None:
    for one in directory.conflicts():
        if (one.provider_id, one.field) == (given.id, given.field) and 0 < given.take <= len(one.values):
            claim = one.values[given.take - 1]
            directory.resolve(one.provider_id, one.field, claim.value)
            output.set(id=given.id, field=given.field, value=claim.value)
            output.say("updates.say.decided", field=one.said, value=claim.text)
            return
    raise ToolkitError("updates.no_such_conflict", id=given.id, field=given.field, n=given.take)


def list_or_take_back(given: argparse.Namespace, output: Output) -> None:
    """The updates that were taken, newest first; or one of them taken back as a whole."""
    with directory_of(given) as directory:
        if given.id:
            back = rollback.take_back(directory, given.id)
            output.set(entries=back.entries, stays=back.kept)
            output.say("updates.say.taken_back", n=back.entries)
            if back.kept:
                output.say("updates.say.values_stay", n=back.kept)
            return
        found = holdings.arrivals(directory)
    output.set(updates=[asdict(one) for one in found])
    for one in found:
        who, on = ", ".join(one.devices), f"{one.when:%Y-%m-%d %H:%M}"
        note = load("en").say("updates.say.taken_back_note") if one.back else ""
        output.say(
            "updates.say.arrival",
            id=one.id,
            on=on,
            source=one.source,
            changes=_changes(one.ops),
            devices=who,
            note=note,
        )
    if not found:
        output.say("updates.say.no_arrivals")


def list_holdings(given: argparse.Namespace, output: Output) -> None:
    """What this laptop has from whom, how old it is, and what others lacked when they were last heard of."""
    with directory_of(given) as directory:
        found = holdings.holdings(directory)
        refused = holdings.refusals(directory)
    output.set(holdings=[asdict(one) for one in found], refusals=[why for _, _, why in refused])
    for one in found:
        output.line(" ".join(filter(None, (one.device, f"{one.name:<20}", *_notes(one)))))


def _changes(n: int) -> str:
    return load("en").say("updates.exchange.changes", n=n)


def _notes(one: holdings.Holding) -> list[str]:
    """What a person wants to know of a laptop, in a few words."""
    say = load("en").say
    newest = f"{one.newest:%Y-%m-%d}" if one.newest else "-"
    notes = [say("updates.say.holds", changes=_changes(one.ops), on=newest)]
    if one.here:
        return [*notes, say("updates.say.this_laptop")]
    if one.revoked:
        return [*notes, say("updates.say.revoked")]
    if one.lacks is None or one.heard is None:
        return [*notes, say("updates.say.never_heard")]
    return [*notes, say("updates.say.lacks", changes=_changes(one.lacks), on=f"{one.heard:%Y-%m-%d}")]
