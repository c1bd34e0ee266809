"""The verdicts of docs/quality.md are those of its tables.   python3 -m unittest bench/quality/sections_test.py"""
import pathlib, subprocess, sys, unittest

from sections import verdict, with_section, with_verdicts

TOOL = pathlib.Path(__file__).with_name('sections.py')
PAGE = pathlib.Path(__file__).resolve().parents[2] / 'docs' / 'quality.md'


def row(name, low, high):
    return f'| {name} | 6 | 0.108 | **0.232** | 0.191 (ses) | +0.041 [{low}, {high}] | 0.31 |'


class Verdict(unittest.TestCase):
    def test_names_each_row_by_its_interval(self):
        text = verdict('\n'.join(['| data | difference [95 %] |', '| --- | --- |', row('icra', '+0.016', '+0.087'), row('acm', '-0.009', '+0.036'), row('nsfc', '-0.203', '-0.032')]))
        self.assertEqual(text, '**Above the best baseline by more than chance: 1 of 3** (icra). **Below it by more than chance: 1** (nsfc). Within chance, the interval touches 0: 1 (acm).')

    def test_an_interval_that_touches_zero_is_within_chance(self):
        text = verdict('\n'.join([row('neurips', '+0.000', '+0.096'), row('icra', '+0.001', '+0.087'), row('nssfc', '-0.050', '+0.000')]))
        self.assertIn('1 of 3** (icra).', text)
        self.assertIn('touches 0: 2 (neurips; nssfc)', text)

    def test_all_within_chance(self):
        self.assertEqual(verdict('\n'.join([row('acl', '-0.094', '+0.044'), row('neurips', '+0.000', '+0.096')])), '**All within chance**: each of the 2 intervals touches 0.')
        with self.assertRaises(SystemExit):
            verdict('| data |\n| --- |')

    def test_follows_its_table(self):
        page = '<!-- t verdict begin -->\nold\n<!-- t verdict end -->\n<!-- t begin -->\n<!-- t end -->\nrest'
        made = with_verdicts(with_section(page, 't', [row('acl', '-0.094', '+0.044')]))
        self.assertIn('**All within chance**: each of the 1 intervals touches 0.\n<!-- t verdict end -->', made)
        self.assertTrue(made.endswith('rest'))


class Page(unittest.TestCase):
    def test_says_what_its_tables_say(self):
        checked = subprocess.run([sys.executable, TOOL, PAGE, '--check'], capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertNotIn('0 verdicts', checked.stdout)


if __name__ == '__main__':
    unittest.main()
