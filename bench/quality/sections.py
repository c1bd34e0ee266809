"""Puts a generated part into a page: what stands between <!-- NAME begin --> and <!-- NAME end --> is replaced."""


def write_section(path, name, lines):
    with open(path, encoding='utf-8') as stream:
        page = stream.read()
    begin, end = f'<!-- {name} begin -->', f'<!-- {name} end -->'
    if begin not in page or end not in page:
        raise SystemExit(f'{path} has no {begin} ... {end}')
    head, rest = page.split(begin, 1)
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(head + begin + '\n' + '\n'.join(lines) + '\n' + end + rest.split(end, 1)[1])
