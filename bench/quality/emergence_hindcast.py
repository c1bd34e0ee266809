#!/usr/bin/env python3
"""Our own hindcast over the corpora, as a table. Standard library only.

  emergence_hindcast.py JIANWEI CORPORA WORKSPACES [--horizon 3] [--write docs/quality.md] [corpus ...]

Runs `jianwei hindcast WS --cutoffs all --json` for each corpus (every year that can be judged and has 50 candidates) and prints what docs/methods/hindcast.md describes: AUPRC beside the prevalence and the best baseline with its interval, precision
at 20, 50, 100, NDCG, CSI, Brier, CRPS, leakage tests, and AUPRC by size and language. A workspace is made in WORKSPACES when it is missing.
"""
import json, os, re, subprocess

from emergence_independent import CORPORA
from sections import cpu_seconds, take_options, write_section


def hindcast(jianwei, corpora, workspaces, name, horizon):
    workspace = os.path.join(workspaces, re.sub(r'\W+', '-', name))
    if not os.path.isdir(workspace):
        subprocess.run([jianwei, 'init', workspace, '-q'], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([jianwei, 'import', workspace, '-q'] + [os.path.join(corpora, p) for p in CORPORA[name]], check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([jianwei, 'hindcast', workspace, '--horizon', str(horizon), '--cutoffs', 'all', '--json', '-q', '--wait'], capture_output=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def regime(document, name):
    found = next((r for r in document['regimes'] if r['name'] == name), None)
    return f"{found['jianwei']:.3f}/{found['baseline']:.3f}" if found else '–'


def table_rows(name, document):
    ours, delta = document['pooled']['jianwei'], document['delta_vs_best_baseline']
    baseline = document['pooled'][delta['baseline']]
    eight = next(label for label in document['labels'] if label['label'] == 'eight_percent')
    growth = document['growth_forecast']
    origins = document['origins']
    canaries = all(o['future_canary_ignored'] for o in origins)
    shuffled = sum(o['shuffled_auprc'] for o in origins) / len(origins)
    crps = f"{growth['crps']:.3f}/{growth['crps_climatology']:.3f}" if growth['rows'] else '–'
    first = (f"| {name} | {len(origins)} | {document['prevalence']:.3f} | **{ours['auprc']:.3f}** | {baseline['auprc']:.3f} ({delta['baseline']}) | {delta['auprc']:+.3f} [{delta['lo']:+.3f}, {delta['hi']:+.3f}] | "
             f"{ours['p20']:.2f} {ours['p50']:.2f} {ours['p100']:.2f} | {baseline['p20']:.2f} {baseline['p50']:.2f} {baseline['p100']:.2f} | {ours['ndcg50']:.2f}/{baseline['ndcg50']:.2f} |")
    second = (f"| {name} | {100 * eight['csi']:.1f} at {100 * eight['prevalence']:.0f} % ({100 * eight['baseline_csi']:.1f}) | {ours['brier']:.4f} | {crps} | {100 * growth['coverage80']:.0f} % | {shuffled:.3f} | "
              f"{'yes' if canaries else 'NO'} | {'; '.join(r['name'] + ' ' + regime(document, r['name']) for r in document['regimes'] if r['name'].startswith(('size', 'language')))} |")
    return first, second


def main():
    arguments, options = take_options({'--horizon': '3', '--write': ''})
    jianwei, corpora, workspaces, *names = arguments
    first = ['| data | cut-offs | prevalence | AUPRC | best baseline | difference [95 %] | P@20, 50, 100 | of the baseline | NDCG@50 |', '| --- ' * 9 + '|']
    second = ['| data | CSI, 8 % a year (best baseline) | Brier | CRPS, mine/climatology | in the 80 % band | shuffled | future ignored | AUPRC by regime, mine/baseline |', '| --- ' * 8 + '|']
    for name in names or CORPORA:
        document = hindcast(jianwei, corpora, workspaces, name, options['--horizon'])
        if document is None:
            print(f'{name}: no cut-off with enough history', flush=True)
            continue
        rows = table_rows(name, document)
        first.append(rows[0])
        second.append(rows[1])
        print('\n'.join(rows), flush=True)
    print(cpu_seconds())
    if options['--write']:
        write_section(options['--write'], f"hindcast h={options['--horizon']}", first + [''] + second)


if __name__ == '__main__':
    main()
