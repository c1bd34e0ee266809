#!/usr/bin/env python3
"""Generated parts of a page: what stands between <!-- NAME begin --> and <!-- NAME end -->.

  sections.py docs/quality.md            writes every part "NAME verdict" anew from the table in the part NAME
  sections.py docs/quality.md --check    fails when one says something else than its table

A verdict names the rows whose interval lies above 0, those below, and those that touch it, so that no count in the text is made by hand.
"""
import re, resource, sys

INTERVAL = re.compile(r'[+-]\d+\.\d+ \[([+-]\d+\.\d+), ([+-]\d+\.\d+)\]')
VERDICT = re.compile(r'<!-- (.+) verdict begin -->\n(.*?)<!-- \1 verdict end -->', re.S)


def take_options(defaults):
    """The arguments of the command without the options named, and the options with their values."""
    arguments, options = sys.argv[1:], dict(defaults)
    for option in options:
        if option in arguments:
            at = arguments.index(option)
            options[option] = arguments[at + 1]
            del arguments[at:at + 2]
    return arguments, options


def cpu_seconds():
    """What the commands that ended so far and this process cost, as a line for the log."""
    seconds = [sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return f'CPU seconds: {seconds[0]:.0f} in jianwei, {seconds[1]:.0f} here'


def marks(name):
    return f'<!-- {name} begin -->', f'<!-- {name} end -->'


def section_of(page, name):
    begin, end = marks(name)
    if begin not in page or end not in page:
        raise SystemExit(f'the page has no {begin} ... {end}')
    return page.split(begin, 1)[1].split(end, 1)[0]


def with_section(page, name, lines):
    section_of(page, name)
    begin, end = marks(name)
    head, rest = page.split(begin, 1)
    return head + begin + '\n' + '\n'.join(lines) + '\n' + end + rest.split(end, 1)[1]


def verdict(table):
    """One paragraph on the rows of a table that hold "difference [low, high]". An interval that touches 0 as printed is within chance."""
    above, below, within = [], [], []
    for line in table.splitlines():
        found = INTERVAL.search(line)
        if not found:
            continue
        low, high = map(float, found.groups())
        (above if low > 0 else below if high < 0 else within).append(line.split('|')[1].strip())
    count = len(above) + len(below) + len(within)
    if not count:
        raise SystemExit('a table without intervals has no verdict')
    if len(within) == count:
        return f'**All within chance**: each of the {count} intervals touches 0.'
    parts = [f"**Above the best baseline by more than chance: {len(above)} of {count}**" + (f" ({'; '.join(above)})." if above else '.')]
    if below:
        parts.append(f"**Below it by more than chance: {len(below)}** ({'; '.join(below)}).")
    if within:
        parts.append(f"Within chance, the interval touches 0: {len(within)} ({'; '.join(within)}).")
    return ' '.join(parts)


def with_verdicts(page):
    for name, _ in VERDICT.findall(page):
        page = with_section(page, name + ' verdict', [verdict(section_of(page, name))])
    return page


def write_section(path, name, lines):
    with open(path, encoding='utf-8') as stream:
        page = stream.read()
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(with_verdicts(with_section(page, name, lines)))


def main():
    path, check = sys.argv[1], '--check' in sys.argv
    with open(path, encoding='utf-8') as stream:
        page = stream.read()
    made = with_verdicts(page)
    if check:
        stale = [name for name, text in VERDICT.findall(page) if text.strip() != section_of(made, name + ' verdict').strip()]
        if stale:
            raise SystemExit(f"{path}: the verdict of {', '.join(stale)} is not that of its table: bench/quality/sections.py {path} writes it")
        print(f'{len(VERDICT.findall(page))} verdicts agree with their tables')
    else:
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(made)


if __name__ == '__main__':
    main()
