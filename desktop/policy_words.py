"""What the agency's policy sets on this laptop, as lines for the settings page and the command line."""

from __future__ import annotations

from resources.policy import Policy
from resources.policy_fields import BACKUPS
from resources.words import Words


def policy_lines(policy: Policy, words: Words) -> list[tuple[str, str]]:
    """A kind of label and its text for each line; what is wrong in the file comes first."""
    say = words.say
    lines = [("warn", words.explain(problem)) for problem in policy.problems]
    lines.append(("mute", say("policy.about", file=policy.file)))
    return lines + [("", text) for text in _settings(policy, words)]


def _settings(policy: Policy, words: Words) -> list[str]:
    say, lines = words.say, []
    if policy.county:
        lines.append(say("policy.county_is", county=policy.county))
    if policy.roles:
        names = ", ".join(say(f"guidance.role.{role}") for role in policy.roles)
        lines.append(say("policy.roles_are", roles=names))
    if policy.reader:
        lines.append(say("policy.reader_is"))
    if policy.backups != BACKUPS:
        lines.append(say("policy.backups_are", n=policy.backups))
    if policy.backup_days:
        lines.append(say("policy.backup_days_are", n=policy.backup_days))
    if policy.urgent_days:
        lines.append(say("policy.urgent_days_are", n=policy.urgent_days))
    if policy.check_days:
        lines.append(say("policy.check_days_are", n=policy.check_days))
    return lines + _trust(policy, words)


def _trust(policy: Policy, words: Words) -> list[str]:
    say, lines = words.say, []
    if policy.agency:
        lines.append(say("policy.agency_is", digits=policy.agency[:12]))
    if policy.issuers is not None:
        lines += [say("policy.issuer_is", agency=name) for name, _ in policy.issuers]
        lines += [] if policy.issuers else [say("policy.no_issuers")]
    if policy.releasers:
        lines.append(say("policy.releasers_are", n=len(policy.releasers)))
    return lines
