#!/usr/bin/env python3
"""Which topics emerged when, against known history: the ranking as it stood at the end of each year. Standard library only.

  emergence_history.py JIANWEI CORPORA WORKSPACES [--write docs/quality.md] [corpus ...]

For each subject and year Y: `jianwei emerging WS --until Y --all --csv`; the first year in which a term that matches became a candidate (ten documents in three years, by the
default gates), reached the first tenth, the first 50 and the first 20 of the ranking. The subjects and what is known of them stand below; nothing is fitted on them.
A workspace is made in WORKSPACES when it is missing.
"""
import csv, io, os, re, subprocess

from emergence_independent import CORPORA
from sections import cpu_seconds, take_options, write_section

SUBJECTS = [  # corpus, first and last year, subject, pattern of label or form, known history
    ('neurips', 2008, 2017, 'deep learning', r'^deep (learning|neural networks?)$', 'deep belief nets 2006; AlexNet at NeurIPS 2012'),
    ('neurips', 2008, 2017, 'GANs', r'^(gans?|generative adversarial.*|adversarial networks?)$', 'Goodfellow et al., NeurIPS 2014'),
    ('icra', 2008, 2018, 'deep learning', r'^(deep (learning|neural networks?|reinforcement learning)|convolutional neural networks?)$', 'grasp detection by deep learning 2013; end-to-end policies 2015'),
    ('icra', 2008, 2018, 'soft robotics', r'^soft (robots?|robotics|actuators?|robotic.*)$', 'multigait soft robot 2011; journal Soft Robotics 2014'),
    ('acl', 2013, 2021, 'word embeddings', r'^word (embeddings?|vectors?|representations?)$', 'word2vec 2013'),
    ('acl', 2013, 2021, 'transformers', r'^(transformers?|transformer models?|bert|pre-?trained (language )?models?|pre-?trained transformers?)$', 'Vaswani et al. 2017; BERT, October 2018'),
    ('acl', 2013, 2021, 'COVID', r'^(covid.*|coronavirus.*|sars-cov-2.*)$', 'outbreak, end of 2019'),
    ('sbir', 1996, 2009, 'fuel cells', r'^((pem |solid oxide )?fuel cells?|solid oxide)$', 'Ballard boom 1997-2000; hydrogen initiative 2003'),
    ('sbir', 1996, 2009, 'nanotubes', r'^((carbon )?nanotubes?|carbon nano-?tubes?)$', 'Iijima 1991; National Nanotechnology Initiative 2000'),
    ('chinaxiv', 2018, 2021, 'COVID', r'^(covid.*|新冠.*|新型冠状病毒.*|冠状病毒.*)$', 'outbreak, end of 2019'),
]


def ranking(jianwei, corpora, workspaces, name, year):
    workspace = os.path.join(workspaces, re.sub(r'\W+', '-', name))
    if not os.path.isdir(workspace):
        subprocess.run([jianwei, 'init', workspace, '-q'], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([jianwei, 'import', workspace, '-q'] + [os.path.join(corpora, p) for p in CORPORA[name]], check=True, stdout=subprocess.DEVNULL)
    text = subprocess.run([jianwei, 'emerging', workspace, '--until', str(year), '--all', '--csv', '-q', '--wait'], capture_output=True, check=True).stdout.decode()
    return list(csv.DictReader(io.StringIO(text)))


def main():
    arguments, options = take_options({'--write': ''})
    page = options['--write']
    jianwei, corpora, workspaces, *names = arguments
    cache = {}
    lines = ['| corpus | subject | years asked | first candidate (term, rank of candidates) | first tenth | first 50 | first 20 | best rank (year) | known history |', '| --- ' * 9 + '|']
    for name, first, last, subject, pattern, known in SUBJECTS:
        if names and name not in names:
            continue
        reached, best, start = {}, None, ''
        for year in range(first, last + 1):
            if (name, year) not in cache:
                cache[name, year] = ranking(jianwei, corpora, workspaces, name, year)
            rows = cache[name, year]
            matching = [row for row in rows if any(re.match(pattern, form.lower()) for form in [row['label']] + row['forms'].split('|'))]
            if not matching:
                continue
            top = min(matching, key=lambda row: int(row['rank']))
            rank = int(top['rank'])
            start = start or f"{year} ({top['label']}, {rank} of {len(rows)})"
            best = min(best or (rank, year), (rank, year))
            for level, limit in (('tenth', len(rows) / 10), ('50', 50), ('20', 20)):
                if rank <= limit:
                    reached.setdefault(level, year)
        lines.append(f"| {name} | {subject} | {first}–{last} | {start or '–'} | {reached.get('tenth', '–')} | {reached.get('50', '–')} | {reached.get('20', '–')} | {f'{best[0]} ({best[1]})' if best else '–'} | {known} |")
        print(lines[-1], flush=True)
    print(cpu_seconds())
    if page:
        write_section(page, 'history', lines)


if __name__ == '__main__':
    main()
